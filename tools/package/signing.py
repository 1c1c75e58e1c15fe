"""The signed list of the package's files, made of the staged ones."""

from pathlib import Path

from paser_command.installed.compare import entry_of, tree_entries
from paser_command.installed.manifest import KEY, LIST, SIGNATURE, Entry, Manifest, list_bytes
from tools.package.keys import Keys
from tools.package.stage import PROGRAM, SYSTEM


def sign_tree(root: Path, version: str, keys: Keys, epoch: int) -> Manifest:
    """Put the public key, the list and its signature into the program's folder."""
    program = root / PROGRAM
    (program / KEY).write_bytes(keys.public.read_bytes())
    (program / KEY).chmod(0o644)
    manifest = Manifest(version=version, program=tree_entries(program), system=_system(root))
    told = list_bytes(manifest)
    about = f"paser-command {version} files timestamp:{epoch}"
    for name, data in ((LIST, told), (SIGNATURE, keys.sign(told, about))):
        (program / name).write_bytes(data)
        (program / name).chmod(0o644)
    return manifest


def _system(root: Path) -> dict[str, Entry]:
    paths = sorted(path for folder in SYSTEM for path in (root / folder).rglob("*"))
    return {
        f"/{path.relative_to(root)}": entry_of(path)
        for path in paths
        if path.is_symlink() or path.is_file()
    }
