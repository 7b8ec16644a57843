// @ts-check
/** Which tier, how far is the next, has it doubled, who is near the scale? Of one town, or of the province. */
import { useAnswer } from '../ask.js';
import { money, moneyUnit, nearly, short, UNKNOWN, whole } from '../figures.js';
import { Answer, asOfWords, Empty, Foot, OfTown, Table, Twin } from '../parts/frames.js';
import { Figure, Named, OrganisationLink, Stamp, TownLink } from '../parts/marks.js';
import { Picture } from '../parts/picture.js';
import { asked, go, h, html, lang, link, say, set, to, view } from '../shared.js';

/** @typedef {NonNullable<import('../../queries').GrowthQuery['town']>} Town */
/** @typedef {NonNullable<NonNullable<import('../../queries').TiersQuery['towns']>['nodes'][number]>} OfTier */
/** @typedef {NonNullable<import('../../queries').NearThresholdQuery['nearThreshold']>} Near */

export const Growth = () => (view.value.town ? h(OfOne, { key: view.value.town }) : h(OfAll, {}));

/** @param {Record<string, string>} of */
function listed(of) {
  const { asOf, realOnly } = view.value, p = new URLSearchParams(of);
  if (asOf) p.set('asOf', String(asOf));
  if (realOnly) p.set('realOnly', 'true');
  return `lists/near-threshold?${p}`;
}

const OfOne = () => OfTown(useAnswer('page/growth', asked()), (town) => html`<main id="main" class="growth">
  <header class="head row"><div><h1>${say('growth.of', town.name)} ${Stamp(town)}</h1></div><p class="exports"><a class="button" href=${listed({ within: town.id })} download>${say('growth.export')}</a></p></header>
  <div class="panels two">${Tier(town)}${Doubling(town)}</div>${Years(town)}
  <section class="panel wide"><h2>${say('growth.near')}</h2>${h(NearScale, { within: town.id })}</section></main>`);


/** An amount that is short of a tier: at most so much, when the output is at least so much. @param {string|null|undefined} bound of the output @param {string} short */
const atMost = (bound, short) => (bound === 'AT_LEAST' && short !== UNKNOWN ? `${say('bound.AT_MOST')} ${short}` : short);

/** When a tier would be reached; stamped when the growth that says so begins with an invented year. @param {{reachYear: number|null, reachWords: string|null}} ahead @param {{claim: {source: {synthetic: boolean}|null}}|null} growth */
const Reach = (ahead, growth) => html`${ahead.reachYear === null ? UNKNOWN : say('growth.year', ahead.reachYear)} ${ahead.reachYear === null ? null : Stamp(growth?.claim.source)}<small>${ahead.reachWords}</small>`;

/** The ladder of tiers from the one that is next; what is extrapolated says so. @param {Town} town */
function Tier(town) {
  const tier = town.tier;
  if (!tier) return null;
  const unit = moneyUnit([tier.output, ...tier.ahead.map((one) => one.threshold)]);
  return html`<section class="panel"><h2>${say('growth.tier')} <small>${tier.standard.name} ${Stamp(tier.standard)}</small></h2>
    <p class="big">${tier.optionsInWords}</p><p>${tier.inWords}</p>${tier.note ? html`<p class="quiet">${tier.note}</p>` : null}
    ${tier.claim ? html`<p>${say('growth.tier.output')}${say('colon')}${Figure(tier.claim, town.id, 'OUTPUT_VALUE')}</p>` : null}
    ${tier.ahead.length ? Table({
      rows: tier.ahead, key: (one) => one.id, caption: say('growth.ahead'),
      columns: [
        { head: say('growth.ahead'), cell: (one) => one.words },
        { head: say('growth.threshold', say(unit.key)), number: true, cell: (one) => money(one.threshold, unit, lang()) },
        { head: say('growth.distance', say(unit.key)), number: true, cell: (one) => atMost(tier.claim?.bound, money(one.distance, unit, lang())) },
        { head: say('growth.needed'), number: true, cell: (one) => nearly(one.needed) },
        { head: say('growth.reach'), cell: (one) => Reach(one, tier.ownGrowth) },
      ],
    }) : null}
    ${tier.otherScopes.length ? html`<p class="quiet">${say('growth.scopes')}${say('colon')}${tier.otherScopes.map((one) => `${say(`scope.${one.scope}`)} ${money(one.value, unit, lang())} ${say(unit.key)}`).join(say('comma'))}</p>` : null}${Foot(tier.method)}</section>`;
}

/** @param {Town} town */
function Doubling(town) {
  const found = town.growth?.doubling;
  if (!found) return null;
  const times = (/** @type {number|null} */ ratio) => (ratio === null ? say('unknown') : say('growth.times', short(ratio, lang())));
  return html`<section class="panel"><h2>${say('growth.doubling')} <small>${say('growth.base', found.base)}</small></h2>
    <p class="big">${found.doubled === null ? html`<span class="unknown">${say('growth.doubled.unknown')}</span>` : say(found.doubled ? 'growth.doubled.yes' : 'growth.doubled.no')}</p><p>${found.inWords}</p>
    <dl><dt>${say('growth.claimed')}</dt><dd>${times(found.claimedRatio)}${found.short ? `${say('comma')}${say('growth.short', whole(found.short, lang()))}` : ''}</dd><dt>${say('growth.registered')}</dt><dd>${found.registeredRatioLeast === null ? say('unknown') : found.registeredRatioLeast === found.registeredRatioMost ? times(found.registeredRatioLeast) : found.registeredRatioMost === null ? say('growth.atleast', short(found.registeredRatioLeast, lang())) : say('growth.between', short(found.registeredRatioLeast, lang()), short(found.registeredRatioMost, lang()))}</dd></dl>
    <p class="quiet">${say('growth.register')}</p></section>`;
}

/** Bars a year; a year without a figure has a hatched place, never none. @param {Town} town */
function Years(town) {
  const years = town.growth?.years ?? [], method = town.growth?.method;
  if (town.growth?.unknownReason) return Empty(town.growth.unknownReason);
  const unit = moneyUnit(years.flatMap((one) => [one.output, one.revenue])), title = say('growth.years', town.name);
  const bars = (/** @type {'output'|'revenue'|'claimed'} */ name) => { const most = Math.max(1, ...years.map((one) => one[name] ?? 0)); return html`<div class="bars" key=${name}><h3>${say(`growth.bar.${name}`, say(unit.key))} ${Stamp(years.map((one) => claimOf(one, name)?.source).find((one) => one?.synthetic))}</h3><div class="row" role="img" aria-label=${`${say(`growth.bar.${name}`, say(unit.key))}${say('colon')}${years.map((one) => `${one.year} ${told(one, name)}`).join(say('comma'))}`}>${years.map((one) => html`<span key=${one.year} class="bar-of"><b>${told(one, name)}</b><i class=${one[name] === null ? 'none' : ''} style=${{ height: one[name] === null ? '12px' : `${Math.max(2, (90 * (one[name] ?? 0)) / most)}px` }}></i><small>${one.year}</small></span>`)}</div></div>`; };
  const claimOf = (/** @type {typeof years[number]} */ one, /** @type {'output'|'revenue'|'claimed'} */ name) => one[/** @type {const} */ ({ output: 'outputClaim', revenue: 'revenueClaim', claimed: 'claimedClaim' })[name]];
  const told = (/** @type {typeof years[number]} */ one, /** @type {'output'|'revenue'|'claimed'} */ name) => `${say(`bound.${claimOf(one, name)?.bound ?? 'EXACT'}`)} ${name === 'claimed' ? whole(one.claimed, lang()) : money(one[name], unit, lang())}`.trim();
  return html`<section class="panel wide">${h(Picture, { name: 'years', title, method, children: html`<div class="trio">${bars('output')}${bars('revenue')}${bars('claimed')}</div>` })}
    ${h(Twin, { of: () => Table({
      rows: years, key: (one) => String(one.year), caption: title,
      columns: [
        { head: say('col.year'), cell: (one) => one.year },
        { head: say('growth.bar.output', say(unit.key)), number: true, cell: (one) => told(one, 'output') },
        { head: say('growth.bar.revenue', say(unit.key)), number: true, cell: (one) => told(one, 'revenue') },
        { head: say('growth.bar.claimed'), number: true, cell: (one) => told(one, 'claimed') },
        { head: say('growth.registered'), number: true, cell: (one) => html`${one.registered}${one.undated ? html`<small>${say('growth.undated', one.undated)}</small>` : null}` },
        { head: say('growth.complete'), cell: (one) => say(one.registerComplete ? 'growth.complete.yes' : 'growth.complete.no') },
      ],
    }) })}${Foot(method)}</section>`;
}

function OfAll() {
  const tab = view.value.of.tab === 'tiers' ? 'tiers' : '';
  return html`<main id="main" class="growth"><header class="head row"><div><h1>${say('growth.title')}</h1></div><p class="exports">${tab ? null : html`<a class="button" href=${listed(view.value.of.industry ? { industry: view.value.of.industry } : {})} download>${say('growth.export')}</a>`}</p></header>
    <div class="tabs" role="tablist">${['', 'tiers'].map((one) => html`<button key=${one} role="tab" id=${`tab-${one || 'near'}`} aria-selected=${one === tab} aria-controls="growth-panel" onClick=${() => set({ tab: one, sort: '' })}>${say(one ? 'growth.tiers' : 'growth.near')}</button>`)}</div>
    <div id="growth-panel" role="tabpanel" aria-labelledby=${`tab-${tab || 'near'}`}>${tab ? h(Tiers, {}) : h(NearScale, { within: null })}</div></main>`;
}

function Tiers() {
  const answer = useAnswer('page/tiers', { asOf: view.value.asOf, realOnly: view.value.realOnly });
  return Answer(answer, (data) => {
    const towns = data.towns?.nodes ?? [], unit = moneyUnit(towns.map((one) => one.tier?.output));
    const next = (/** @type {OfTier} */ one) => one.tier?.ahead[0] ?? null;
    return towns.length ? html`${(data.towns?.totalCount ?? 0) > towns.length ? html`<p class="quiet">${say('growth.shown', towns.length, data.towns?.totalCount ?? 0)}</p>` : null}${Table({
      rows: towns, key: (one) => one.id, caption: say('growth.tiers'),
      sort: { now: view.value.of.sort ?? '-output', choose: (sort) => set({ sort }, 'replace') },
      columns: [
        { id: 'town', value: (one) => one.name, head: say('col.town'), cell: (one) => html`<a ...${link(to('growth', {}, { town: one.id }))}>${Named(one)}</a>` },
        { id: 'output', value: (one) => one.tier?.output ?? null, head: say('col.output', say(unit.key)), number: true, cell: (one) => (one.tier?.output == null ? '—' : html`<button class="figure" onClick=${() => go({ source: `${one.id}|OUTPUT_VALUE` })}><span class="number">${say(`bound.${one.tier.claim?.bound ?? 'EXACT'}`)} ${money(one.tier.output, unit, lang())}</span></button> ${Stamp(one.tier.claim?.source)}<small>${[one.tier.year === null ? say('year.unstated') : say('yearOf', one.tier.year), one.tier.scope && one.tier.scope !== 'WHOLE' ? say(`scope.${one.tier.scope}`) : ''].filter(Boolean).join(' · ')}</small>`) },
        { head: say('growth.tier'), cell: (one) => html`${one.tier?.optionsInWords ?? say('unknown')}${one.tier?.output == null && one.tier?.inWords ? html`<small>${one.tier.inWords}</small>` : null}` },
        { head: say('growth.next'), cell: (one) => html`<span class="whole">${next(one)?.words ?? '—'}</span>` },
        { id: 'distance', value: (one) => next(one)?.distance ?? null, head: say('growth.distance', say(unit.key)), number: true, cell: (one) => atMost(one.tier?.claim?.bound, money(next(one)?.distance, unit, lang())) },
        { id: 'reach', value: (one) => next(one)?.reachYear ?? null, head: say('growth.reach'), cell: (one) => { const ahead = next(one); return ahead ? Reach(ahead, one.tier?.ownGrowth ?? null) : UNKNOWN; } },
      ],
    })}<footer class="foot">${towns[0]?.tier ? html`<span>${asOfWords(towns[0].tier.method.asOf)}</span>` : null}<span>${say('growth.caveat')}</span></footer>` : Empty(say('empty.data'));
  });
}

/** Industrial enterprises just below the scale, nearest first; those of whom nothing is known stand apart. @param {{within: string|null}} props */
function NearScale({ within }) {
  const industry = view.value.of.industry ?? null, answer = useAnswer('page/near-threshold', { within, industry, asOf: view.value.asOf, realOnly: view.value.realOnly });
  return Answer(answer, (data) => {
    const near = data.nearThreshold;
    if (!near) return Empty(say('unknown'));
    return html`${near.unknownReason ? html`<p>${near.unknownReason}</p>` : null}<p>${[say('growth.near.count', near.count), say('growth.near.above', near.aboveCount)].join(say('semicolon'))}</p>
      ${near.unknownCount || near.soldCount || near.boundedCount || near.unclassifiedCount || near.staleCount ? html`<p class="quiet">${[near.unknownCount && say('growth.near.unknown', near.unknownCount), near.soldCount && say('growth.near.sold', near.soldCount), near.boundedCount && say('growth.near.bounded', near.boundedCount), near.unclassifiedCount && say('growth.near.unclassified', near.unclassifiedCount), near.staleCount && say('growth.near.stale', near.staleCount)].filter(Boolean).join(say('semicolon'))}</p>` : null}
      ${within ? null : By(near)}
      ${near.rows.length ? html`${near.rows.length < near.count ? html`<p class="quiet">${say('growth.near.shown', near.rows.length, near.count)}</p>` : null}${Firms(near, within)}` : Empty(say('growth.near.none'))}${Foot(near.method)}`;
  });
}

/** How many by town and by industry; an industry chooses. @param {Near} near */
function By(near) {
  const chosen = view.value.of.industry;
  return html`<div class="by"><p><b>${say('growth.by.town')}</b> ${near.byTown.map((one) => html`<span key=${one.town?.id ?? ''} class="chip">${one.town ? html`<a ...${link(to('growth', {}, { town: one.town.id }))}>${Named(one.town)}</a>` : say('growth.by.notown')} ${one.count}</span>`)}</p>
    <p><b>${say('growth.by.industry')}</b> ${near.byIndustry.map((one) => (one.industry ? html`<button key=${one.industry.id} class="chip" aria-pressed=${chosen === one.industry.id} onClick=${() => set({ industry: chosen === one.industry?.id ? '' : one.industry?.id }, 'replace')}>${one.industry.name} ${one.count}</button>` : html`<span class="chip">${say('unknown')} ${one.count}</span>`))}${chosen ? html` <button onClick=${() => set({ industry: '' }, 'replace')}>${say('drop')}</button>` : null}</p></div>`;
}

/** @param {Near} near @param {string|null} within */
function Firms(near, within) {
  const unit = moneyUnit(near.rows.map((row) => row.revenue));
  return Table({
    rows: near.rows, key: (row) => row.organisation.id, caption: say('growth.near'),
    sort: { now: view.value.of.sort ?? '', choose: (sort) => set({ sort }, 'replace') },
    columns: [
      { id: 'org', value: (row) => row.organisation.name, head: say('col.org'), cell: (row) => OrganisationLink(row.organisation) },
      ...(within ? [] : [{ head: say('col.town'), cell: (/** @type {Near['rows'][number]} */ row) => (row.towns.length ? row.towns.map((one, n) => html`${n ? say('comma') : ''}${TownLink(one)}`) : '—') }]),
      { head: say('growth.industry'), cell: (row) => row.industry?.name ?? say('unknown') },
      { id: 'revenue', value: (row) => row.revenue, head: say('col.revenue', say(unit.key)), number: true, cell: (row) => html`<button class="figure" onClick=${() => go({ source: `${row.organisation.id}|REVENUE` })}><span class="number">${money(row.revenue, unit, lang())}</span></button> ${Stamp(row.claim.source)}<small>${row.year === null ? say('year.unstated') : say('yearOf', row.year)}</small>` },
      { id: 'short', value: (row) => row.short, head: say('growth.near.short', say(unit.key)), number: true, cell: (row) => money(row.short, unit, lang()) },
      { id: 'needed', value: (row) => row.growthNeeded, head: say('growth.needed'), number: true, cell: (row) => nearly(row.growthNeeded) },
      { id: 'own', value: (row) => row.ownGrowth, head: say('growth.near.own'), number: true, cell: (row) => nearly(row.ownGrowth) },
      { head: say('growth.near.enough'), cell: (row) => (row.enough === null ? say('unknown') : say(row.enough ? 'growth.near.yes' : 'growth.near.no')) },
    ],
  });
}
