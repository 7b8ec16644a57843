// @ts-check
/** The source drawer: why this number. Non-modal, with an address of its own; Esc closes it and gives the focus back. */
import { useAnswer } from '../ask.js';
import { percent, whole } from '../figures.js';
import { asked, go, h, html, lang, say, view } from '../shared.js';
import { Answer, methods, Table } from './frames.js';
import { figureText, Stamp } from './marks.js';

/** @typedef {{name: string, synthetic: boolean, publisher?: string|null, publishedOn?: string|null, url?: string|null}} SourceShown */
/** @param {SourceShown|null|undefined} source */
const Source = (source) => source ? html`<span class="source">${source.name} ${Stamp(source)}<small>${[source.publisher, source.publishedOn && say('source.published', source.publishedOn), source.url].filter(Boolean).join(' · ')}</small></span>` : html`<span>${say('source.none')}</span>`;

/** @param {{subject: string, metric: string, scope?: string, product?: string}} props */
function FigureSource({ subject, metric, scope, product }) {
  const answer = useAnswer('page/figure', { subject, metric: /** @type {import('../../queries').Metric} */ (metric), scope: /** @type {import('../../queries').Scope} */ (scope || 'WHOLE'), product: product || null, asOf: asked().asOf, realOnly: asked().realOnly });
  return Answer(answer, (data) => {
    const of = data.node && 'figure' in data.node ? data.node : null, figure = of?.figure ?? null, chosen = figure?.claims[0]?.id; // the first is the chosen one
    const claims = data.claims?.nodes ?? [], first = claims.find((one) => one.id === chosen), against = new Set((figure?.conflicts ?? []).map((one) => one.id));
    const others = claims.filter((one) => one.id !== chosen), shown = first ?? (asked().realOnly ? null : figure);
    return html`<h3>${of?.name ?? subject}</h3>
      <p class="big">${figureText(shown)}${shown && figure?.unit === 'YUAN' ? html`<small>${whole(figure.value, lang())} ${say('yuan')}</small>` : null}</p>
      ${first ? html`<dl><dt>${say('col.year')}</dt><dd>${first.year ?? say('year.unstated')}</dd><dt>${say('col.grade')}</dt><dd>${first.grade}</dd><dt>${say('col.source')}</dt><dd>${Source(first.source)}</dd>${first.note ? html`<dt>${say('source.caveat')}</dt><dd>${first.note}</dd>` : null}</dl>` : null}
      <p class="quiet">${say('source.rule')}</p>
      ${others.length ? html`<h4>${say('source.rivals')}</h4>${Table({
        rows: others, key: (row) => row.id,
        columns: [
          { head: say('col.year'), cell: (row) => row.year ?? say('year.unstated') },
          { head: say('col.scope'), cell: (row) => say(`scope.${row.scope}`).replace(/^scope\./, '') },
          { head: say('source.rivals'), number: true, cell: (row) => figureText(row) },
          { head: say('col.diff'), number: true, cell: (row) => (figure && row.unit === figure.unit && figure.value ? html`${percent(row.value / figure.value - 1)}${against.has(row.id) ? html` <small class="rivals">${say('source.against')}</small>` : null}` : '') },
          { head: say('col.source'), cell: (row) => Source(row.source) },
        ],
      })}` : null}`;
  });
}

/** @param {{method: import('./frames.js').Method|null}} props */
function MethodSource({ method }) {
  if (!method) return html`<p>${say('source.none')}</p>`;
  const rests = method.provenance;
  const dated = rests && (rests.oldestYear ? say('source.oldest', rests.oldestYear) : say('source.undatedAll')) + (rests.undated ? say('comma') + say('source.undated', rests.undated) : '');
  return html`<dl><dt>${say('source.formula')}</dt><dd>${lang() === 'en' ? '' : `${method.words} `}${method.formula}${say('comma')}${say('source.version', method.version)}</dd>
    <dt>${say('source.caveat')}</dt><dd>${method.caveat}</dd>
    ${rests ? html`<dt>${say('source.rests')}</dt><dd>${say('source.rows', whole(rests.rows, lang()), whole(rests.invented, lang()), rests.sourceCount, dated ?? '')}${rests.inWords ? html`<br /><span class="stamp">${say('invented')}</span> ${rests.inWords}` : null}</dd>` : null}
    ${method.coverage?.links ? html`<dt></dt><dd>${say('source.coverage', method.coverage.links, method.coverage.unmeasured)}</dd>` : null}
    <dt>${say('source.parameters')}</dt><dd>${method.parameters.map((one) => (lang() === 'en' ? `${one.name} ${one.value}` : `${one.words}${say('colon')}${one.valueInWords}`)).join(say('semicolon')) || say('none')}</dd>
    <dt></dt><dd class="quiet">${say('source.snapshot', method.snapshot.id, String(method.snapshot.takenAt).slice(0, 16).replace('T', ' '))}</dd></dl>
    ${rests?.sources.length ? html`<h4>${say('source.sources')}</h4><ul class="sources">${rests.sources.map((one) => html`<li key=${one.id}><b>${one.grade}</b> ${Source(one)}</li>`)}</ul>${rests.sourceCount > rests.sources.length ? html`<p class="quiet">${say('more', rests.sourceCount - rests.sources.length)}</p>` : null}` : null}
    ${method.query ? html`<details><summary>GraphQL</summary><pre>${method.query}</pre></details>` : null}`;
}

/** `src=subject|METRIC` tells of a figure, `src=subject|METRIC|SCOPE|product` of one that is not of the whole, `src=method|formula` of what was computed by it, `src=method` of the first of a view. */
export function SourceDrawer() {
  const wanted = view.value.source;
  if (!wanted) return null;
  const [subject, metric, scope, product] = wanted.split('|'), computed = subject === 'method';
  return html`<aside class="drawer" aria-label=${say('source.title')}>
    <h2>${say(computed ? 'source.method' : 'source.title')}<button onClick=${() => go({ source: null })}>${say('close')}</button></h2>
    ${computed ? h(MethodSource, { method: (metric ? methods.value.get(metric) : [...methods.value.values()][0]) ?? null }) : h(FigureSource, { key: wanted, subject, metric: metric ?? '', scope, product })}</aside>`;
}
