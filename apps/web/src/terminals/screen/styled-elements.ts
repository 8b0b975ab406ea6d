/**
 * xterm.js writes its rules into style elements and some colours into style attributes. The content security policy of
 * this site forbids both, and is not weakened for it: here the same rules go into constructed style sheets, and the same
 * colours through the CSSOM, both of which the policy allows (CSP 3, section 6.1.15: only what comes as markup is checked).
 */

/** Stands where a style element would: what is written into it becomes a sheet of the page, until it is removed. */
function styleStandIn(page: Document): HTMLElement {
  const standIn: HTMLElement = Document.prototype.createElement.call(page, 'span');
  standIn.hidden = true;
  const sheet = new CSSStyleSheet();
  page.adoptedStyleSheets.push(sheet);
  Object.defineProperties(standIn, {
    textContent: { set: (rules: string) => sheet.replaceSync(rules), get: () => '' },
    remove: {
      value: () => {
        page.adoptedStyleSheets = page.adoptedStyleSheets.filter((other) => other !== sheet);
        Element.prototype.remove.call(standIn);
      },
    },
  });
  return standIn;
}

/**
 * Runs `open` of a terminal, the only moment at which xterm.js makes style elements. Its option `documentOverride` would
 * be the way to be asked for them, but xterm.js 6.0 passes it by in the scrollbar and in the rows.
 */
export function withStyledElements(page: Document, open: () => void): void {
  letSpansTakeStyles();
  Object.defineProperty(page, 'createElement', {
    configurable: true,
    value: (name: string) =>
      name === 'style' ? styleStandIn(page) : Document.prototype.createElement.call(page, name),
  });
  try {
    open();
  } finally {
    // The method of the prototype is in sight again.
    Reflect.deleteProperty(page, 'createElement');
  }
}

/**
 * A row of the terminal is made of spans, and a colour that has no number gets there by `setAttribute('style', …)`. It is
 * checked like markup; `style.cssText` is not, and does the same. Nothing else on the page notices.
 */
function letSpansTakeStyles(): void {
  if (Object.hasOwn(HTMLSpanElement.prototype, 'setAttribute')) return;
  Object.defineProperty(HTMLSpanElement.prototype, 'setAttribute', {
    configurable: true,
    value: function setAttribute(this: HTMLSpanElement, name: string, value: string): void {
      if (name === 'style') this.style.cssText = value;
      else Element.prototype.setAttribute.call(this, name, value);
    },
  });
}
