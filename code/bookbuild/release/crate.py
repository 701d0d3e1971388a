"""What a version's archive is made of, as an RO-Crate 1.1 and Process Run Crate 0.5 for machines.

Specifications: https://w3id.org/ro/crate/1.1 and https://w3id.org/ro/wfrun/process/0.5
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bookbuild.citation import work as citation
from bookbuild.citation.work import Author, Work
from bookbuild.project import digest, settings
from bookbuild.project.settings import BILL, BOOK, RECORD
from bookbuild.project.settings import LICENCES as PACKAGES
from bookbuild.site.metadata import PACKAGE
from bookbuild.site.structured import LANGUAGE, LICENCES
from ledger.claim import STATUS_LABELS

if TYPE_CHECKING:
    from rocrate.rocrate import ROCrate

VERSION, PROCESS = "1.1", "https://w3id.org/ro/wfrun/process/0.5"
TERMS = {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}  # which 1.1 does not have yet
LEDGER = f"{BOOK}/claims.json"
# What stands in the archive beside data and code, with what it is.
PARTS = {
    citation.SOURCE: "Titel, makers, versie en licenties: hoe het boek geciteerd wordt",
    "CHANGELOG.md": "Welke getallen van versie tot versie verschillen",
    digest.LOCK: "Elk pakket waarmee het boek gebouwd is, met zijn versie en SHA-256",
    BILL: "Dezelfde pakketten als CycloneDX (SBOM), voor wie zoekt welke een lek hebben",
    PACKAGES: "Onder welke licentie elk van die pakketten komt",
    RECORD: "In welke commit elk bestand het laatst gewijzigd is: wat git zou zeggen",
    PACKAGE: "Beschrijving van elke tabel en elke kolom",
    f"{BOOK}/index.html": "Het boek als website: hier begint het",
    LEDGER: "Elke gepubliceerde uitspraak: wat gepubliceerd is, wat herberekend is, waaruit en met welke status",
    f"{BOOK}/claims.csv": "Hetzelfde als CSV",
}
KINDS = {  # not as this machine would guess them
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".py": "text/x-python",
    ".txt": "text/plain",
}
COMPUTED = {"reproduced", "consistent", "differs", "unsettled", "withheld"}  # what a function answered or checked
Thing = dict[str, Any]


def metadata(tree: Path) -> str:
    """The text of ro-crate-metadata.json for a folder with the sources and the built book; of no clock and no disk."""
    from rocrate.rocrate import ROCrate

    crate, work = ROCrate(version=VERSION), citation.read(tree)
    crate.metadata.extra_terms = TERMS
    describe(crate, tree, work)
    for name, said in parts(tree).items():
        add_file(crate, tree, name, {"description": said})
    for name, resource in tables(tree).items():
        add_table(crate, tree, name, resource)
    for claim in json.loads((tree / LEDGER).read_text(encoding="utf-8")):
        add_claim(crate, tree, work, claim)
    return json.dumps(crate.metadata.generate(), ensure_ascii=False, indent=1) + "\n"


def describe(crate: ROCrate, tree: Path, work: Work) -> None:
    """The whole, with whom and what it refers to."""
    root, add = crate.root_dataset, partial(add_thing, crate)
    add(PROCESS, "CreativeWork", name="Process Run Crate", version="0.5")
    for licence in work.licences:
        add(LICENCES[licence], "CreativeWork", name=licence, description=f"De licentie {licence}")
    authors = [add_author(crate, author) for author in work.authors]
    sources = [
        add(f"#source-{number}", "CreativeWork", name=source.title, datePublished=str(source.year),
            author=[add_author(crate, author) for author in source.authors],
            identifier=f"ISBN {source.isbn}" if source.isbn else None)
        for number, source in enumerate(work.sources, 1)
    ]  # fmt: skip
    fill(
        root,
        name=work.title,
        description=settings.of(tree).words.about or work.title,
        datePublished=work.released.isoformat(),
        version=work.version,
        inLanguage=LANGUAGE,
        license=[reference(LICENCES[licence]) for licence in work.licences],
        author=authors,
        conformsTo=reference(PROCESS),
        citation=sources,
    )
    code = settings.of(tree).code
    for folder, said in {code: "De code die elk getal berekent en het boek bouwt", BOOK: "Het gebouwde boek"}.items():
        crate.add_dataset(dest_path=f"{folder}/", properties={"name": folder, "description": said})


def parts(tree: Path) -> dict[str, str]:
    """The files that are named one by one, those of them that there are, with what each is."""
    paper = {f"{BOOK}/{settings.of(tree).paper}": "Het boek als pdf"}
    return {name: said for name, said in (PARTS | paper).items() if (tree / name).is_file()}


def tables(tree: Path) -> dict[str, Thing]:
    """What datapackage.json says of each file of data, by path."""
    package, folder = json.loads((tree / PACKAGE).read_text(encoding="utf-8")), Path(PACKAGE).parent
    return {(folder / resource["path"]).as_posix(): resource for resource in package["resources"]}


def add_table(crate: ROCrate, tree: Path, name: str, resource: Thing) -> None:
    """A file of data under its own licence; what stands in for real records says so."""
    known, (licence,) = settings.of(tree), resource["licenses"]
    # By its words, which may make an exception to the licence at its address.
    named = f"#licence-{digest.short(digest.of_value(licence['title']))}"
    terms = add_thing(crate, named, "CreativeWork", name=licence["title"], url=licence.get("path"))
    said = {"description": resource["description"], "encodingFormat": resource["mediatype"], "license": terms}
    if known.records.folder and name.startswith(f"{known.records.folder}/"):
        said["disambiguatingDescription"] = known.words.synthetic
    add_file(crate, tree, name, said)


def add_claim(crate: ROCrate, tree: Path, work: Work, claim: Mapping[str, Any]) -> None:
    """A published statement; where a function answered or checked it, that run too, and elsewhere only why none did."""
    add, name = partial(add_thing, crate), claim["id"]
    found = add(
        f"#{name}", ["Claim", "CreativeWork"], name=name, text=claim["statement"], creativeWorkStatus=STATUS_LABELS[claim["status"]],
        description=f"Gepubliceerd: {claim['published']}", abstract=claim["reason"], isPartOf=reference(LEDGER),
    )  # fmt: skip
    crate.root_dataset.append_to("mentions", found)
    if claim["status"] not in COMPUTED:
        return
    lower, upper = claim["interval"] or (None, None)
    value = add(
        f"#{name}.result", "PropertyValue", name=name, subjectOf=found, unitText=claim["unit"], value=claim["value"],
        minValue=lower, maxValue=upper, description=claim["recomputed"] or STATUS_LABELS[claim["status"]],
    )  # fmt: skip
    files = [add_file(crate, tree, each["path"], {}) for each in claim["inputs"]]
    run = add(
        f"#{name}.run", "CreateAction", name=f"{claim['computed_by']} voor {name}",
        description=f"Status: {STATUS_LABELS[claim['status']]}",
        instrument=add_function(crate, tree, work, claim["computed_by"]), object=[found, *files], result=value,
    )  # fmt: skip
    crate.root_dataset.append_to("mentions", run)


def add_function(crate: ROCrate, tree: Path, work: Work, name: str) -> Any:
    """`module:function`, in its file."""
    module = f"{settings.of(tree).code}/{name.partition(':')[0].replace('.', '/')}.py"
    file = add_file(crate, tree, module, {})
    said = {"name": name, "version": work.version, "programmingLanguage": "Python", "isPartOf": file}
    return add_thing(crate, f"#{name}", "SoftwareSourceCode", **said)


def add_author(crate: ROCrate, author: Author) -> Any:
    """A person, or a group with a name only."""
    known = {"name": author.full, **({"familyName": author.name, "givenName": author.given} if author.given else {})}
    return add_thing(crate, f"#{author.full.replace(' ', '-')}", "Person" if author.given else "Organization", **known)


def add_file(crate: ROCrate, tree: Path, name: str, said: Mapping[str, Any]) -> Any:
    """A file of the archive, with its digest; what was said of it before stays."""
    path = tree / name
    facts = {"name": name, "encodingFormat": KINDS.get(path.suffix), "sha256": digest.of_file(path)}
    known = crate.get(name) or crate.add_file(dest_path=name)
    return fill(known, **facts | {"contentSize": str(path.stat().st_size)} | dict(said))


def add_thing(crate: ROCrate, identifier: str, kind: str | list[str], /, **said: Any) -> Any:
    """Anything that is no file."""
    from rocrate.model import ContextEntity

    return fill(crate.add(ContextEntity(crate, identifier, properties={"@type": kind})), **said)


def fill(thing: Any, /, **said: Any) -> Any:
    """Say what is known: an empty property claims that there is nothing, and a list of one is written as that one."""
    for name, value in said.items():
        if value not in ("", [], None):
            thing[name] = value[0] if isinstance(value, list) and len(value) == 1 else value
    return thing


def reference(name: str) -> Thing:
    """What stands elsewhere in the crate."""
    return {"@id": name}
