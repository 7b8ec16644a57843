"""What is written for whom: exactly for machines, harmless for Excel, and never over old files."""

from pathlib import Path

import pytest

from graph.errors import BadInput
from graph.kinds.entities import Organisation, Product
from graph.kinds.relations import Supplies
from graph.kinds.terms import OrganisationForm, ProductCategory
from graph.snapshot.snapshot import Snapshot
from loaders.export import export as exporting
from loaders.export.choice import Choice
from loaders.export.export import export


def firm(id: str, name: str, **more) -> Organisation:
    return Organisation(id=id, name=name, form=OrganisationForm.ENTERPRISE, **more)


SNAPSHOT = Snapshot.of(
    [
        firm("org:a", "@甲", aliases=["-1", "x|y"], address='说"是"\n二行', longitude=-1.5),
        firm("org:b", "乙", synthetic=True),
        Product(id="product:p", name="法兰", category=ProductCategory.COMPONENT),
    ],
    [
        Supplies(start="org:a", end="org:b", product="product:p", year=2023, value=0.1),
        Supplies(start="org:a", end="org:a", product="product:p", year=2024, value=1e16),
    ],
)


def test_the_machine_export_is_exact(tmp_path: Path):
    export(SNAPSHOT, tmp_path)
    text = (tmp_path / "Organisation.csv").read_text("utf-8")
    assert 'org:a,@甲,-1|x\\|y,false,ENTERPRISE,,"说""是""\n二行",-1.5,,,,\n' in text
    flows = (tmp_path / "SUPPLIES.csv").read_text("utf-8").splitlines()
    assert flows[1:] == [
        "org:a,org:a,,,,product:p,2024,1e+16,,,false",
        "org:a,org:b,,,,product:p,2023,0.1,,,false",
    ]


def test_formulas_are_harmless_in_excel_and_numbers_stay(tmp_path: Path):
    export(SNAPSHOT, tmp_path, excel=True)
    raw = (tmp_path / "Organisation.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert "org:a,'@甲,'-1|x" in raw.decode("utf-8-sig")
    assert ",-1.5," in raw.decode("utf-8-sig")


def test_what_hangs_on_the_invented_goes_with_it(tmp_path: Path):
    done = export(SNAPSHOT, tmp_path, choice=Choice(real_only=True))
    assert done.rows == {"Product": 1, "Organisation": 1, "SUPPLIES": 1}


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(exporting, "import_module", missing)
    with pytest.raises(BadInput, match="--extra parquet"):
        export(SNAPSHOT, tmp_path, "parquet")
    assert list(tmp_path.iterdir()) == []


def test_old_files_are_not_mixed_with_new_ones(tmp_path: Path):
    (tmp_path / "Town.csv").write_text("id\n")
    with pytest.raises(BadInput, match="不是空的"):
        export(SNAPSHOT, tmp_path)
