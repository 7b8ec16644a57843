"""Linkages, positions and extraction of published tables, to the digits that are known."""

import json
from pathlib import Path

import numpy as np
import pymrio
import pytest
from scipy.sparse import csr_array

from queries.linkage.extraction import ExtractionForm, extracted
from queries.linkage.leontief import LinkageClass, linkages_of
from queries.linkage.position import positions_of
from queries.linkage.series import ClosedCircle, inverse, series

ORACLES = json.loads((Path(__file__).parents[2] / "oracles" / "oracles.json").read_text(encoding="utf-8"))
TABLES = ["germany_1995", "miller_blair_2_3", "pymrio_small"]


@pytest.fixture(params=TABLES)
def known(request):
    return ORACLES[request.param]


def table(known):
    return csr_array(np.array(known["Z"])), np.array(known["x"])


def close(found, wanted, within=1e-6):
    assert np.asarray(found) == pytest.approx(np.asarray(wanted), abs=within)


def test_the_inverses_are_those_printed(known):
    sales, output = table(known)
    leontief = inverse(sales.toarray() / output)
    close(leontief, known["leontief"], 1e-8)
    close(inverse(sales.toarray() / output[:, None]), known["ghosh"], 1e-8)
    close(leontief @ np.array(known["final_demand"]), output, 1e-6 * output.max())
    close(output - sales.sum(axis=1), known["final_demand"], 1e-3)


@pytest.mark.parametrize("dense", [1_000, 0])
def test_linkages_are_those_known(known, dense):
    found = linkages_of(*table(known), dense=dense)
    close(found.backward, known["backward_linkage"])
    close(found.forward, known["forward_linkage_ghosh"])
    close(found.forward_leontief, known["forward_linkage_rasmussen_row_sum"])
    close(found.backward_index, known["backward_index"])
    close(found.forward_index, known["forward_index"])
    assert [kind.value.lower() for kind in found.kinds()] == known["key_sector_class"]
    assert (found.terms is None) == bool(dense)
    if dense:
        close(found.dispersion, known["backward_dispersion_cv"])
    else:
        assert found.dispersion is None
        assert found.residual <= 1e-10


def test_printed_values_of_germany_but_for_one_misprint():
    known = ORACLES["germany_1995"]
    found, printed = linkages_of(*table(known)), known["published"]
    close(found.backward, printed["backward_linkage"], 5.1e-5)
    apart = np.abs(found.forward - np.array(printed["forward_linkage_ghosh"])) > 5.1e-5
    assert known["sectors"][int(np.flatnonzero(apart)[0])] == "B-E"
    assert apart.sum() == 1
    assert printed["forward_linkage_ghosh"][1] == 1.6691
    assert found.forward[1] == pytest.approx(1.690961, abs=1e-6)


def test_new_final_demand_of_miller_and_blair():
    known = ORACLES["miller_blair_2_3"]
    sales, output = table(known)
    close(series(csr_array(sales / output), np.array([600.0, 1500.0])).value, known["new_output"], 1e-4)


def test_positions_are_the_row_and_column_sums(known):
    sales, output = table(known)
    found = positions_of(sales, output)
    close(found.upstreamness, known["upstreamness"])
    close(found.downstreamness, known["downstreamness"])
    closed = inverse(sales.toarray() / output[:, None]).sum(axis=1)
    assert found.upstreamness == pytest.approx(closed, abs=1e-12)


def test_extraction_is_the_closed_form_and_brute_force(known):
    sales, output = table(known)
    totals = []
    for sector in range(len(output)):
        found = extracted(sales, output, sector).loss
        totals.append(found.sum())
        assert found == pytest.approx(brute(sales.toarray(), output, sector), rel=1e-10)
        closed = np.array(known["leontief"])[:, sector] * output[sector] / known["leontief"][sector][sector]
        assert found == pytest.approx(closed, rel=1e-6)
        assert found[sector] == pytest.approx(output[sector])
    close(totals, known["hem_total_loss"], 1e-3)
    close(np.array(totals) / output.sum(), known["hem_share_of_output"])
    close(totals - output, known["hem_indirect"], 1e-3)
    close((totals - output) / output, known["hem_indirect_per_unit"])


def brute(sales, output, sector):
    inputs = sales / output
    demand = output - sales.sum(axis=1)
    inputs[sector] = inputs[:, sector] = demand[sector] = 0
    return output - np.linalg.inv(np.eye(len(output)) - inputs) @ demand


@pytest.mark.parametrize("sector", range(6))
def test_half_extractions_are_brute_force(sector):
    sales, output = table(ORACLES["germany_1995"])
    whole = sales.toarray()
    bought = whole / output
    bought[:, sector] = 0
    without = np.linalg.inv(np.eye(6) - bought) @ (output - whole.sum(axis=1))
    found = extracted(sales, output, sector, ExtractionForm.BACKWARD).loss
    assert found == pytest.approx(output - without, rel=1e-7, abs=1e-4)
    given = whole / output[:, None]
    given[sector] = 0
    without = (output - whole.sum(axis=0)) @ np.linalg.inv(np.eye(6) - given)
    found = extracted(sales, output, sector, ExtractionForm.FORWARD).loss
    assert found == pytest.approx(output - without, rel=1e-7, abs=1e-4)


def test_the_test_table_of_pymrio():
    made = pymrio.load_test().calc_all()
    sales, output = csr_array(made.Z.to_numpy()), made.x.to_numpy().ravel()
    found = linkages_of(sales, output)
    assert found.backward == pytest.approx(made.L.to_numpy().sum(axis=0), abs=1e-12)
    names = ["/".join(pair) for pair in made.Z.index]
    top = [(names[p], round(float(found.backward[p]), 6)) for p in np.argsort(-found.backward)[:3]]
    assert top == [("reg1/electricity", 1.769314), ("reg4/construction", 1.703954), ("reg1/food", 1.611427)]
    up = positions_of(sales, output).upstreamness
    ups = [(names[p], round(float(up[p]), 6)) for p in np.argsort(-up)[:2]]
    assert ups == [("reg6/mining", 2.217634), ("reg1/mining", 2.164062)]
    least = int(np.argmin(up))
    assert (names[least], round(float(up[least]), 6)) == ("reg2/food", 1.002495)


def test_a_closed_circle_has_no_inverse():
    circle = csr_array([[0.0, 1.0], [1.0, 0.0]])
    with pytest.raises(ClosedCircle):
        series(circle, np.ones(2))
    with pytest.raises(ClosedCircle):
        inverse(circle.toarray())
    with pytest.raises(ClosedCircle):
        inverse(np.array([[1.2, 0.3], [0.4, 0.2]]))
    with pytest.raises(ClosedCircle):
        linkages_of(csr_array([[0.0, 2.0], [2.0, 0.0]]), np.array([2.0, 2.0]), dense=0)


def test_money_has_no_unit(known):
    sales, output = table(known)
    plain, scaled = linkages_of(sales, output), linkages_of(sales * 1e-4, output * 1e-4)
    assert scaled.backward == pytest.approx(plain.backward, rel=1e-12)
    assert scaled.backward_index.mean() == pytest.approx(1)
    assert set(plain.kinds()) <= set(LinkageClass)
