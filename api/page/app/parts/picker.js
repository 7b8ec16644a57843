// @ts-check
/** A field of a form that finds things and keeps them as chips: firms, bodies, products, one or several. */
import { h, html, say } from '../shared.js';
import { Named } from './marks.js';
import { Search } from './search.js';

/** @typedef {import('./marks.js').Thing} Thing */

/**
 * @param {object} props
 * @param {string} props.id
 * @param {string} props.label
 * @param {import('../../queries').Kind[]} props.kinds
 * @param {Thing[]} props.chosen
 * @param {(chosen: Thing[]) => void} props.choose
 * @param {boolean} [props.single]
 * @param {string|null} [props.wrong] a complaint about what was chosen
 * @param {string} [props.hint]
 */
export const Picker = ({ id, label, kinds, chosen, choose, single = false, wrong = null, hint = say('pick.hint') }) => html`<div class="picker">
  ${chosen.map((one) => html`<span key=${one.id} class="chip">${Named(one)} <button type="button" class="plain" aria-label=${say('pick.drop', one.name)} onClick=${() => choose(chosen.filter((other) => other.id !== one.id))}>×</button></span>`)}
  ${single && chosen.length ? null : h(Search, { id, label, kinds, hint, wrong: wrong ? `${id}-wrong` : null, pick: (found) => choose(single ? [found] : [...chosen.filter((one) => one.id !== found.id), found]) })}
  ${wrong ? html`<small class="wrong" id=${`${id}-wrong`}>${wrong}</small>` : null}</div>`;
