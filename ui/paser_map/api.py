"""All that a panel may know of the map: the canvas, its layers and its tools."""

from paser_command.maps.arrangement import Layers, gathered, merged, replaced
from paser_command.maps.definition import FileSource, LayerDefinition, LiveSource, TileSource
from paser_command.maps.layer_files import decode as decode_layers
from paser_command.maps.layer_files import encode as encode_layers
from paser_command.maps.services import MapServices
from paser_map.areas import AreaLayer, Shape, shape_of_areas, shape_of_geometry
from paser_map.basemap import basemap_of
from paser_map.canvas import MapCanvas
from paser_map.drawing.layer import DrawingLayer
from paser_map.drawing.menu import ToolsMenu
from paser_map.drawing.tools import DrawingTools
from paser_map.drawing.words import drawing_lines, purpose_word
from paser_map.export.form import ExportForm
from paser_map.export.saving import MapSaving
from paser_map.export.wanted import PlannedFile
from paser_map.finding.finding import HERE, SEARCH, Finding
from paser_map.hotspots import Hotspot, HotspotLayer
from paser_map.importing.dialog import ImportDialog
from paser_map.layers import Hit, LiveLayer, Shown, StillLayer, Swatch
from paser_map.plan import AnyLayer, LayerPlan
from paser_map.points import Marker, PointLayer
from paser_map.raster import RasterLayer
from paser_map.raster import state_text as tile_state_text
from paser_map.shapes import ShapeLayer
from paser_map.stations import Station, StationLayer
from paser_map.tile_source import TileSourceDialog
from paser_map.tree.rows import Detail
from paser_map.tree.sharing import Sharing
from paser_map.tree.tree import Adding, LayerTree
from paser_map.units import Unit, UnitLayer

__all__ = [
    "HERE",
    "SEARCH",
    "Adding",
    "AnyLayer",
    "AreaLayer",
    "Detail",
    "DrawingLayer",
    "DrawingTools",
    "ExportForm",
    "FileSource",
    "Finding",
    "Hit",
    "Hotspot",
    "HotspotLayer",
    "ImportDialog",
    "LayerDefinition",
    "LayerPlan",
    "LayerTree",
    "Layers",
    "LiveLayer",
    "LiveSource",
    "MapCanvas",
    "MapSaving",
    "MapServices",
    "Marker",
    "PlannedFile",
    "PointLayer",
    "RasterLayer",
    "Shape",
    "ShapeLayer",
    "Sharing",
    "Shown",
    "Station",
    "StationLayer",
    "StillLayer",
    "Swatch",
    "TileSource",
    "TileSourceDialog",
    "ToolsMenu",
    "Unit",
    "UnitLayer",
    "basemap_of",
    "decode_layers",
    "drawing_lines",
    "encode_layers",
    "gathered",
    "merged",
    "purpose_word",
    "replaced",
    "shape_of_areas",
    "shape_of_geometry",
    "tile_state_text",
]
