/** `from '…'`, `import '…'` and `import('…')`; `import.meta.resolve('…')` only names a file and is none. */
const importPattern = /(?:\bfrom\s*|\bimport\s*|\bimport\s*\(\s*|\brequire\s*\(\s*)(['"])([^'"\n]+)\1/g;

/** @param {string} text @returns {{ line: number, specifier: string }[]} */
export function importsOf(text) {
  return text.split('\n').flatMap((content, index) => {
    // A comment may quote an import.
    const trimmed = content.trimStart();
    if (trimmed.startsWith('*') || trimmed.startsWith('//') || trimmed.startsWith('/*')) return [];
    return [...content.matchAll(importPattern)].map((match) => ({ line: index + 1, specifier: match[2] ?? '' }));
  });
}
