/** What of a page cannot be read or pressed: measured in the page itself, as it stands. */
import type { Page } from 'playwright-core';

/** Runs in the page. Every fault is one line that says where. */
const MEASURE = `(() => {
  const faults = [];
  const name = (one) =>
    one.tagName.toLowerCase() + '.' + one.className + ' “' + (one.getAttribute('aria-label') ?? one.textContent).slice(0, 60) + '”';
  const shown = (one) => one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const wide = innerWidth;
  const over = document.documentElement.scrollWidth - wide;
  const scrolls = (one) => /auto|scroll/.test(getComputedStyle(one).overflowX);
  const inScroller = (one) => {
    for (let at = one.parentElement; at; at = at.parentElement) if (scrolls(at)) return true;
    return false;
  };
  const all = [...document.body.querySelectorAll('*')].filter((one) => !one.closest('svg') && shown(one));
  if (over > 0) {
    const out = all.filter((one) => one.getBoundingClientRect().right > wide + 1 && !inScroller(one));
    faults.push('page ' + over + ' px too wide: ' + out.slice(-2).map(name).join(' | '));
  }
  for (const one of all) {
    const style = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    const forReaders = box.width <= 2 || box.height <= 2 || one.closest('.sr, .skip');
    // The count on a picture stands over its edge, and the list of a lane has room for outlines.
    // Of the hints at keys one row is shown: all of them stand in a list.
    if (one.matches('.thumb, .lane, .keys-hints')) continue;
    if (forReaders || /^(INPUT|SELECT|TEXTAREA|CANVAS|IMG|FIELDSET)$/.test(one.tagName) || style.display === 'inline') continue;
    const said = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
    const clips = /hidden|clip/.test(style.overflowX);
    const cut = one.classList.contains('cut') && (one.title || one.closest('[title]'));
    const wider = (some) => some.scrollWidth > some.clientWidth + 1 && some.clientWidth > 0;
    // Said of the innermost.
    if (!cut && !scrolls(one) && wider(one) && ![...one.children].some(wider))
      faults.push('cut or sticking out by ' + (one.scrollWidth - one.clientWidth) + ' px: ' + name(one));
    if (/hidden|clip/.test(style.overflowY) && one.scrollHeight > one.clientHeight + 2 && (said || clips))
      faults.push('cut below by ' + (one.scrollHeight - one.clientHeight) + ' px: ' + name(one));
    // Only the lanes of a telephone, which stand beside each other.
    if (!one.matches('.lanes') && scrolls(one) && wider(one) && one.scrollHeight > one.clientHeight + 1)
      faults.push('scrolls both ways, sideways by ' + (one.scrollWidth - one.clientWidth) + ' px: ' + name(one));
    if (said && box.left < -1 && !inScroller(one)) faults.push('left of the window: ' + name(one));
  }
  for (const one of document.querySelectorAll('button, a[href], select, summary, input:not([type=file]), textarea')) {
    if (!shown(one) && !one.closest('label')) continue;
    const { width, height, bottom } = (one.closest('label') ?? one).getBoundingClientRect();
    if (width <= 1 || bottom <= 0) continue;
    const least = getComputedStyle(one).display === 'inline' ? 24 : 44;
    // Half a pixel is the browser's rounding.
    if (width < least - 0.5 || height < least - 0.5)
      faults.push('only ' + Math.round(width) + ' × ' + Math.round(height) + ' to press: ' + name(one));
  }
  return faults;
})()`;

export const faultsOf = (page: Page): Promise<string[]> => page.evaluate<string[]>(MEASURE);

/** Words in Latin letters among what a page says, but names, and what people or the world have written. */
const FOREIGN = `(() => {
  const said = [];
  const look = (words, one) => {
    const written = one.closest('.cut, .person-name, .who, .kbd, [lang]:not(html), input, [translate=no]');
    if (words && !written) said.push(words);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (one && one.checkVisibility() && !/^(SCRIPT|STYLE)$/.test(one.tagName)) look(walker.currentNode.data, one);
  }
  for (const one of document.querySelectorAll('[aria-label], [placeholder], [alt]'))
    for (const given of ['aria-label', 'placeholder', 'alt']) look(one.getAttribute(given), one);
  return said;
})()`;

/** `names`: of people and files, as they may stand in sentences. */
export async function foreignWords(page: Page, names: RegExp): Promise<string[]> {
  const said = await page.evaluate<string[]>(FOREIGN);
  return said.filter((words) => /[A-Za-z]{2,}/u.test(words.replaceAll(names, '')));
}
