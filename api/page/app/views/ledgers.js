// @ts-check
/** What is due, and by whom? Problems, tasks, projects, notices and leads; an item opens beside them, and whoever may write moves it on. */
import { useAnswer } from '../ask.js';
import { useDraft } from '../drafts.js';
import { DUE, dayAsked, dueAsked, LEDGERS, LISTS, placeOf, sentence, shared, today } from '../ledgers.js';
import { Answer, Empty, Foot, Table } from '../parts/frames.js';
import { LedgerItem, moveIn, stageIn } from './ledgers/item.js';
import { NewItem } from './ledgers/form.js';
import { OrganisationLink, Stamp, TownLink } from '../parts/marks.js';
import { office, Rights, whyNot } from '../parts/rights.js';
import { NoteFields, Refusal, useChange } from './ledgers/writing.js';
import { asked, go, h, html, link, say, set, to, view } from '../shared.js';
import { useEffect, useRef, useState } from '../vendor/preact.js';

/** @typedef {import('../ledgers.js').Ledger} Ledger */
/** @typedef {import('../../queries').LedgersQuery} Page */
/** @typedef {import('../../queries').LedgerChoicesQuery} Choices */
/** @typedef {import('../../queries').LedgerRowFragment} Row */

const STEP = 50, MOST = 500, MOST_MOVES = 100;
const BULK = /** @type {const} */ ({ PROBLEM: 'page/move-problems', TASK: 'page/move-tasks', PROJECT: 'page/move-projects', NOTICE: 'page/move-notices', LEAD: 'page/move-leads' });
const FILTERS = /** @type {const} */ (['stage', 'body', 'due', 'on']);

export function Ledgers() {
  const { of, town, asOf, realOnly } = view.value;
  const ledger = /** @type {Ledger|undefined} */ (of.kind), on = dayAsked(of.on, asOf, today());
  const choices = useAnswer('page/ledger-choices', {});
  const answer = useAnswer('page/ledgers', { ledger: ledger ?? null, town: town || null, body: of.body ?? null, stage: (ledger && of.stage) ?? null, ...dueAsked(of.due ?? '', on ?? today()), on, first: Number(of.rows ?? STEP), realOnly });
  const body = useAnswer('page/responsibility', of.body ? { body: of.body, on, realOnly } : null);
  return Answer({ ...answer, failure: answer.failure ?? choices.failure, retry: () => { answer.retry(); choices.retry(); } }, (data) => (choices.data ? h(Board, { page: data, choices: choices.data, body: of.body ? body.data?.organisation ?? null : null, on }) : null));
}

/** @param {{page: Page, choices: Choices, body: NonNullable<import('../../queries').ResponsibilityQuery['organisation']>|null, on: string|null}} props */
function Board({ page, choices, body, on }) {
  const { of, town } = view.value, ledger = /** @type {Ledger|undefined} */ (of.kind);
  const [chosen, setChosen] = useState(/** @type {Row[]} */ ([]));
  useEffect(() => setChosen([]), [ledger, town, of.stage, of.body, of.due, of.on]);
  const mayWrite = page.viewer.mayWrite, could = useRef(false), beside = of.item || of.make;
  if (mayWrite) could.current = true; // a form that was begun stays when the right is lost
  const inTown = (choices.towns?.nodes ?? []).find((one) => one.id === town);
  const rest = Object.fromEntries(Object.entries(of).filter(([name]) => name !== 'item' && name !== 'make'));
  const leave = () => go({ of: Object.fromEntries(Object.entries(rest).filter(([name]) => !['org', 'product', 'standard'].includes(name))) });
  const close = () => { const before = of.item ?? ''; set({ item: '' }); document.getElementById(before)?.focus(); };
  return html`<main id="main" class=${beside ? 'with-panel ledgers' : 'ledgers'}><div>
    <header class="head row"><div><h1>${say('ledgers.title', inTown ? `${inTown.name} · ` : '')} ${Stamp(inTown)}</h1>
        <p class="lead" role="status">${body?.responsibility ? say('ledgers.duty', body.name, body.responsibility.count, body.responsibility.overdue) : Lead(page)}</p>
        <p class="quiet">${say('ledgers.asOn', page.ledgerItems?.on ?? on ?? '')}${page.ledgerItems?.note ? html`<br />${page.ledgerItems.note}` : null}</p></div>${Exports(ledger, on)}</header>
    ${Write(page.viewer, ledger)}
    ${Tabs(page, ledger)}
    ${Filters(choices, ledger)}
    ${of.plan && town ? html`<div id="ledger-rows" role="tabpanel">${h(Plan, { year: Number(of.plan), on })}</div>` : of.drafts ? html`<div id="ledger-rows" role="tabpanel">${h(Drafts, {})}</div>` : Rows(page, ledger, mayWrite, chosen, setChosen, choices)}
    ${of.plan && town || of.drafts ? null : Foot(page.ledgerItems?.method)}</div>
    ${of.make ? html`<aside class="side" onKeyDown=${escape(leave)} tabindex="-1" aria-label=${say(`ledgers.new.${of.make}`)}><h2>${say(`ledgers.new.${of.make}`)}<button onClick=${leave}>${say('close')}</button></h2>
      ${could.current ? h(NewItem, { key: of.make, ledger: /** @type {Ledger} */ (of.make), town, org: of.org ?? '', product: of.product ?? '', standard: of.standard ?? '', asOf: view.value.asOf, towns: choices.towns?.nodes ?? [], leave, done: (id) => go({ of: { kind: /** @type {string} */ (of.make), item: id } }) }) : Empty(whyNot(page.viewer))}</aside>`
    : of.item ? html`<aside class="side" onKeyDown=${escape(close)} aria-label=${say('ledgers.item')} id="item" tabindex="-1">${h(LedgerItem, { key: of.item, id: of.item, choices, mayWrite, close })}</aside>` : null}</main>`;
}

/** Escape closes what stands beside the list; in a field it only leaves the field: what was typed stays. @param {() => void} close */
const escape = (close) => (/** @type {KeyboardEvent} */ event) => {
  if (event.key !== 'Escape' || event.isComposing) return;
  const field = /** @type {HTMLElement} */ (event.target).closest('input, select, textarea');
  if (field) /** @type {HTMLElement} */ (field.closest('aside')).focus(); else close();
};

/** @param {Page} page */
function Lead(page) {
  const counts = page.all?.counts ?? [], open = counts.reduce((sum, one) => sum + one.open, 0), late = counts.reduce((sum, one) => sum + one.overdue, 0);
  return say('ledgers.lead', open, late);
}

/** Lists to take away, with the same choice. @param {Ledger|undefined} ledger @param {string|null} on */
function Exports(ledger, on) {
  const { of, town, realOnly } = view.value, due = /** @type {Record<string, unknown>} */ (dueAsked(of.due ?? '', on ?? today()));
  const p = new URLSearchParams(Object.entries({ ...due, town, body: of.body ?? '', stage: ledger ? of.stage ?? '' : '', on: on ?? '', realOnly: realOnly ? 'true' : '' }).flatMap(([name, value]) => (value === '' ? [] : [[name, String(value)]])));
  const address = (/** @type {Ledger} */ one) => `lists/${LISTS[one]}${String(p) ? `?${p}` : ''}`;
  return html`<p class="exports">${ledger ? null : html`<span class="quiet">${say('ledgers.exports')}</span>`}${(ledger ? [ledger] : LEDGERS).map((one) => html`<a key=${one} class="button" href=${address(one)} download aria-label=${say('ledgers.export', say(`ledgers.${one}`))}>${ledger ? say('ledgers.export', say(`ledgers.${one}`)) : say(`ledgers.${one}`)}</a>`)}</p>`;
}

/** What a steward may begin; a browser that only reads is told how to write. @param {Page['viewer']} viewer @param {Ledger|undefined} ledger */
const Write = (viewer, ledger) => (viewer.mayWrite
  ? html`<p class="new">${(ledger ? [ledger] : LEDGERS).map((one) => html`<button key=${one} onClick=${() => set({ make: one, item: '' })}>＋ ${say(`ledgers.new.${one}`)}</button>`)}${!ledger || ledger === 'NOTICE' ? html`<a class="button" ...${link(to('ledgers', { kind: 'NOTICE', drafts: '1' }))}>${say('ledgers.drafts')}</a>` : null}</p>`
  : h(Rights, { viewer }));

/** @param {Page} page @param {Ledger|undefined} ledger */
function Tabs(page, ledger) {
  const counts = new Map((page.all?.counts ?? []).map((one) => [one.ledger, one]));
  const tab = (/** @type {Ledger|undefined} */ one, /** @type {string} */ words, /** @type {number} */ count, /** @type {number} */ late) => html`<button key=${one ?? 'ALL'} role="tab" aria-selected=${one === ledger} aria-controls="ledger-rows" onClick=${() => set({ kind: one ?? '', stage: '', rows: '', item: '', make: '', plan: '', drafts: '' })}>${words} <b>${count}</b>${late ? html` <small>${say('ledgers.overdue', late)}</small>` : null}</button>`;
  const all = [...counts.values()];
  return html`<div class="tabs" role="tablist" aria-label=${say('ledgers.title', '')}>${tab(undefined, say('ledgers.all'), page.all?.count ?? 0, all.reduce((sum, one) => sum + one.overdue, 0))}${LEDGERS.map((one) => tab(one, say(`ledgers.${one}`), counts.get(one)?.count ?? 0, counts.get(one)?.overdue ?? 0))}</div>`;
}

/** @param {Choices} choices @param {Ledger|undefined} ledger */
function Filters(choices, ledger) {
  const { of, town, asOf } = view.value, stages = choices.ledgerStages.find((one) => one.ledger === ledger)?.stages ?? [];
  const towns = choices.towns?.nodes ?? [], bodies = choices.organisations?.nodes ?? [];
  const value = (/** @type {Event} */ event) => /** @type {HTMLInputElement} */ (event.target).value;
  const select = (/** @type {string} */ label, /** @type {string|undefined} */ now, /** @type {readonly {id: string, name: string}[]} */ options, /** @type {(id: string) => void} */ choose) => html`<label>${say(label)} <select onChange=${(/** @type {Event} */ event) => choose(value(event))}><option value="">${say('ledgers.any')}</option>${(now && !options.some((one) => one.id === now) ? [{ id: now, name: now }, ...options] : options).map((one) => html`<option key=${one.id} value=${one.id} selected=${one.id === now}>${one.name}</option>`)}</select></label>`;
  const year = new Date(today()).getUTCFullYear();
  return html`<div class="filters" role="group" aria-label=${say('ledgers.filters')}>
    ${select('field.town', town || undefined, towns, (id) => go({ town: id, of: Object.fromEntries(Object.entries(of).filter(([name]) => name !== 'plan' && name !== 'rows')) }, 'replace'))}
    ${select('field.responsible', of.body, bodies, (id) => set({ body: id, rows: '' }, 'replace'))}
    ${ledger ? select('ledgers.stage', of.stage, stages.map((one) => ({ id: one.stage, name: ledger ? stageIn(ledger, one.stage, one.words) : one.words })), (id) => set({ stage: id, rows: '' }, 'replace')) : null}
    ${select('ledgers.due', of.due, DUE.map((one) => ({ id: one, name: say(`ledgers.due.${one}`) })), (id) => set({ due: id, rows: '' }, 'replace'))}
    <label>${say('ledgers.on')} <input type="date" max=${today()} value=${dayAsked(of.on, asOf, today()) ?? today()} onChange=${(/** @type {Event} */ event) => set({ on: value(event) >= today() ? '' : value(event) }, 'replace')} /></label>
    ${town ? html`<label>${say('ledgers.plan')} <select onChange=${(/** @type {Event} */ event) => set({ plan: value(event), kind: value(event) ? 'TASK' : of.kind ?? '' })}><option value="">${say('ledgers.plan.none')}</option>${[year + 1, year, year - 1, year - 2].map((one) => html`<option key=${one} value=${one} selected=${String(one) === of.plan}>${say('yearOf', one)}</option>`)}</select></label>` : html`<span class="quiet">${say('ledgers.plan.town')}</span>`}
    ${FILTERS.some((name) => of[name]) ? html`<button onClick=${() => set({ stage: '', body: '', due: '', on: '' }, 'replace')}>${say('drop')}</button>` : null}
    ${choices.towns?.pageInfo.hasNextPage || choices.organisations?.pageInfo.hasNextPage ? html`<span class="quiet">${say('ledgers.choices')}</span>` : null}</div>`;
}

/** @param {Row} row */
const Stage = (row) => html`<span class=${`stage-mark ${row.closed ? 'closed' : row.overdueDays ? 'late' : ''}`}>${row.stage ? stageIn(row.ledger, row.stage, row.stageWords) : say(row.closed === false ? 'ledgers.stage.open' : 'unknown')}</span>`;
/** @param {Row} row */
const open = (row) => { set({ item: view.value.of.item === row.item.id ? '' : row.item.id, make: '' }); if (innerWidth < 900) scrollTo(0, 0); }; // there the item stands above the list
/** @param {Row} row */
const Due = (row) => html`${row.dueOn ?? '—'}${row.overdueDays ? html` <b class="late">${say('ledgers.late', row.overdueDays)}</b>` : row.closed && row.closedOn ? html` <small>${say('ledgers.closedOn', row.closedOn)}</small>` : null}`;

/** @param {Page} page @param {Ledger|undefined} ledger @param {boolean} mayWrite @param {Row[]} chosen @param {(rows: Row[]) => void} choose @param {Choices} choices */
function Rows(page, ledger, mayWrite, chosen, choose, choices) {
  const found = page.ledgerItems, rows = found?.rows ?? [], many = mayWrite && Boolean(ledger), ids = new Set(chosen.map((one) => one.item.id));
  const toggle = (/** @type {Row} */ row) => choose(ids.has(row.item.id) ? chosen.filter((one) => one.item.id !== row.item.id) : [...chosen, row]);
  if (!found || !rows.length) return html`<div id="ledger-rows" role="tabpanel">${Empty(say(FILTERS.some((name) => view.value.of[name]) || view.value.town || view.value.realOnly || view.value.asOf ? 'ledgers.empty.filtered' : 'ledgers.empty'))}</div>`;
  return html`<div id="ledger-rows" role="tabpanel"><p class="quiet" role="status">${say('ledgers.shown', rows.length, found.count)}${many ? html` · ${say('ledgers.choose', chosen.length)}` : null}</p>
    ${chosen.length && ledger ? h(BulkMove, { ledger, chosen, choices, done: () => choose([]) }) : null}
    ${Table({
      rows, key: (row) => row.item.id, caption: say('ledgers.title', ''), pick: open, picked: (row) => row.item.id === view.value.of.item,
      columns: [
        { head: say('ledgers.item'), cell: (row) => html`${many ? html`<input type="checkbox" aria-label=${say('ledgers.chosen', row.item.name)} checked=${ids.has(row.item.id)} disabled=${!ids.has(row.item.id) && chosen.length >= MOST_MOVES} onClick=${(/** @type {Event} */ event) => event.stopPropagation()} onChange=${() => toggle(row)} /> ` : null}<button class="plain" id=${row.item.id} aria-expanded=${row.item.id === view.value.of.item} onClick=${() => open(row)}>${row.item.name}</button> ${Stamp(row.item)}` },
        ...(ledger ? [] : [{ head: say('ledgers.kind'), cell: (/** @type {Row} */ row) => say(`ledgers.${row.ledger}`) }]),
        { head: say('ledgers.stage'), cell: Stage },
        { head: say('ledgers.due'), cell: Due },
        ...(view.value.town ? [] : [{ head: say('field.town'), cell: (/** @type {Row} */ row) => (row.town ? TownLink(row.town) : say('unknown')) }]),
        { head: say('field.responsible'), cell: (row) => (row.responsible.length ? row.responsible.map((/** @type {Row['responsible'][number]} */ one) => html`<div key=${one.id}>${OrganisationLink(row.item.synthetic ? { id: one.id, name: one.name } : one)}</div>`) : say('unknown')) },
      ],
    })}
    ${found.count > rows.length ? html`<p class="more">${rows.length < MOST ? html`<button onClick=${() => set({ rows: String(Math.min(MOST, rows.length + STEP)) }, 'replace')}>${say('ledgers.more')}</button> ` : html`${say('ledgers.most', MOST)} `}<span class="quiet">${say('ledgers.shown', rows.length, found.count)}</span></p>` : null}</div>`;
}

/** Many at once, all or none; what stands in the way is said of each. @param {{ledger: Ledger, chosen: Row[], choices: Choices, done: () => void}} props */
function BulkMove({ ledger, chosen, choices, done }) {
  const rules = choices.ledgerStages.find((one) => one.ledger === ledger), moves = shared(chosen.map((one) => ({ ...one, id: one.item.id })), rules?.moves ?? []);
  const [typed, change, forgetTyped] = useDraft(`bulk-${ledger}`, () => ({ to: '', by: office.value, reason: '' }));
  const { send, busy, failure, clear } = useChange(BULK[ledger]);
  const stage = moves.some((one) => one.to === typed.to) ? typed.to : moves[0]?.to ?? '', move = moves.find((one) => one.to === stage);
  const name = (/** @type {string} */ code) => rules?.stages.find((one) => one.stage === code)?.words ?? code;
  const go_ = async (/** @type {Event} */ event) => {
    event.preventDefault();
    clear();
    if (await send({ input: { items: chosen.map((one) => ({ id: one.item.id, expectedVersion: one.version })), to: stage } }, { by: typed.by, reason: typed.reason })) { forgetTyped(); done(); }
  };
  const wrong = (failure?.problems ?? []).filter((one) => placeOf(one.argument) >= 0);
  return html`<form class="form bulk" aria-label=${say('ledgers.bulk', chosen.length)} noValidate onSubmit=${go_}>
    ${failure && wrong.length ? html`<div class="failure" role="alert"><p>${say('ledgers.bulk.refused')}</p><ul>${wrong.map((one) => html`<li key=${one.argument}><b>${chosen[placeOf(one.argument)]?.item.name}</b> ${sentence(one.message)}</li>`)}</ul></div>` : Refusal(failure, ['reason', 'by'])}
    ${moves.length ? html`<div class="field"><label for="bulk-to">${say('ledgers.bulk', chosen.length)}</label><select id="bulk-to" onChange=${(/** @type {Event} */ event) => change({ to: /** @type {HTMLSelectElement} */ (event.target).value })}>${moves.map((one) => html`<option key=${one.to} value=${one.to} selected=${one.to === stage}>${moveIn(ledger, one, name(one.to))}</option>`)}</select></div>
      ${NoteFields({ form: `bulk-${ledger}`, by: typed.by, reason: typed.reason, wanted: move?.reasoned ?? false, set: change, failure })}` : html`<p>${say('ledgers.bulk.none')}</p>`}
    <p class="buttons">${moves.length ? html`<button class="accent" disabled=${busy}>${say('ledgers.bulk.go')}</button>` : null}<button type="button" onClick=${done}>${say('ledgers.bulk.drop')}</button></p></form>`;
}

/** A year of a town by quarters. @param {{year: number, on: string|null}} props */
function Plan({ year, on }) {
  const { town, realOnly } = view.value;
  return Answer(useAnswer('page/year-plan', { town, year, on, realOnly }), (data) => {
    const plan = data.town?.plan;
    if (!plan) return Empty(say('town.missing', town));
    const Task = (/** @type {Row} */ row) => html`<li key=${row.item.id}><span><button class="plain" id=${row.item.id} aria-expanded=${row.item.id === view.value.of.item} onClick=${() => open(row)}>${row.item.name}</button> ${Stamp(row.item)}</span><span>${Stage(row)} ${Due(row)}</span></li>`;
    return html`<section aria-label=${say('ledgers.plan.of', plan.year)}><h2>${say('ledgers.plan.of', plan.year)}</h2><p>${plan.inWords}</p>
      <div class="quarters">${plan.quarters.map((one) => html`<section key=${one.quarter} class="panel"><h3>${say('ledgers.quarter', one.quarter)}</h3><p class="quiet">${[say('ledgers.plan.count', one.count), say('ledgers.plan.done', one.done), one.doneLate && say('ledgers.plan.doneLate', one.doneLate), one.overdue && say('ledgers.overdue', one.overdue), one.open && say('ledgers.plan.open', one.open), one.unknown && say('ledgers.plan.unknown', one.unknown), one.cancelled && say('ledgers.plan.cancelled', one.cancelled)].filter(Boolean).join(say('comma'))}</p>
        ${one.rows.length ? html`<ul class="lines">${one.rows.map(Task)}</ul>` : html`<p class="quiet">${say('none')}</p>`}</section>`)}</div>
      ${plan.beyond.length ? html`<h3>${say('ledgers.plan.beyond')}</h3><ul class="lines">${plan.beyond.map(Task)}</ul>` : null}${Foot(plan.method)}</section>`;
  });
}

/** Whom an evaluation would urge: each may become a notice. */
function Drafts() {
  const standards = useAnswer('page/evaluation-standards', {}), found = standards.data?.standards?.nodes ?? [];
  const standard = view.value.of.standard ?? found[0]?.id;
  const drafts = useAnswer('page/notice-drafts', standard ? { standard, asOf: view.value.asOf, realOnly: asked().realOnly } : null);
  if (standards.data && !standard) return Empty(say('ledgers.nostandard'));
  return Answer({ ...drafts, failure: drafts.failure ?? standards.failure }, (data) => {
    const made = data.noticeDrafts;
    if (!made || made.unknownReason) return Empty(made?.unknownReason ?? say('ledgers.nodraft'));
    return html`<section class="drafts" aria-label=${say('ledgers.drafts')}><h2>${say('ledgers.drafts')}<button onClick=${() => set({ drafts: '', standard: '' })}>${say('close')}</button></h2>
      <p>${found.find((one) => one.id === standard)?.name} ${Stamp(found.find((one) => one.id === standard))} · ${say('ledgers.drafts.of', made.drafts.length, made.count)}</p>${made.note ? html`<p class="quiet">${made.note}</p>` : null}
      ${Table({
        rows: [...made.drafts], key: (row) => row.town.town.id, caption: say('ledgers.drafts'),
        columns: [
          { head: say('field.town'), cell: (row) => TownLink(row.town.town) },
          { head: say('ledgers.rank'), number: true, cell: (row) => row.town.rank ?? '—' },
          { head: say('field.reason'), cell: (row) => html`${row.reason}${row.settled ? null : html` <small>${say('ledgers.unsettled')}</small>`}` },
          { head: say('field.responsible'), cell: (row) => row.responsible.map((/** @type {{name: string}} */ one) => one.name).join(say('comma')) || say('unknown') },
          { head: say('ledgers.draft.col'), cell: (row) => html`<a ...${link(to('ledgers', { kind: 'NOTICE', make: 'NOTICE', standard: /** @type {string} */ (standard) }, { town: row.town.town.id }))}>${say('ledgers.draft.this')}</a>` },
        ],
      })}${Foot(made.method)}</section>`;
  });
}
