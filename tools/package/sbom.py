"""The bill of materials of the package, in CycloneDX's form, always the same for the same parts."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from tools.package.contents import Part


def bill_of_materials(parts: Sequence[Part], depends: Sequence[str], epoch: int) -> str:
    """Return the bill: our program, all parts inside, and the Debian packages that it needs."""
    ours = _component(parts[0], ComponentType.APPLICATION)
    inside = [_component(part, ComponentType.LIBRARY) for part in parts[1:]]
    debian = [_debian(name) for name in depends]
    bom = Bom(
        components=[*inside, *debian],
        metadata=BomMetaData(component=ours, timestamp=datetime.fromtimestamp(epoch, UTC)),
        serial_number=uuid5(NAMESPACE_URL, f"{ours.name}/{ours.version}/{epoch}"),
    )
    bom.register_dependency(ours, [*inside, *debian])
    told = json.loads(JsonV1Dot6(bom).output_as_string())
    return json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def write_bill(path: Path, parts: Sequence[Part], depends: Sequence[str], epoch: int) -> None:
    """Write the bill."""
    path.write_text(bill_of_materials(parts, depends, epoch), encoding="utf-8")


def _component(part: Part, kind: ComponentType) -> Component:
    url = None if part.name == "Python" else PackageURL("pypi", name=part.name.lower())
    reference = f"{part.name.lower()}@{part.version}"
    licences = [LicenseFactory().make_from_string(part.licence)] if part.licence else []
    return Component(
        type=kind,
        name=part.name,
        version=part.version,
        licenses=licences,
        purl=url and PackageURL(url.type, name=url.name, version=part.version),
        bom_ref=reference,
    )


def _debian(name: str) -> Component:
    url = PackageURL("deb", "debian", name)
    return Component(type=ComponentType.LIBRARY, name=name, purl=url, bom_ref=f"deb:{name}")
