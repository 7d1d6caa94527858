/** The release whose text is corrected; another one stops the build until its text was read again. */
export const tsMlsVersion = '1.6.4';

/** What group.ts asks for by name, so that a bundle without the corrections cannot even be linked. */
export const correctionMark = `${tsMlsVersion}+parley.1`;

interface Correction {
  readonly why: string;
  readonly from: string;
  readonly to: string;
}

/** Of dist/src/clientState.js, the function validateRatchetTree; RFC 9420, sections 7.9.2 and 12.4.3.1. */
export const corrections: readonly Correction[] = [
  {
    why: 'only nodes between the leaf and the parent must list the leaf: stop at the parent itself',
    from: `                for (const parentIdx of dp) {
                    const dpNode = tree[parentIdx];
                    if (dpNode !== undefined) {`,
    to: `                for (const parentIdx of dp) {
                    if (parentIdx === nodeOfParent)
                        break;
                    const dpNode = tree[parentIdx];
                    if (dpNode !== undefined) {`,
  },
  {
    why: 'they must list this leaf, not exactly the same leaves',
    from: 'if (!arraysEqual(dpNode.parent.unmergedLeaves, n.parent.unmergedLeaves))',
    to: 'if (!dpNode.parent.unmergedLeaves.includes(unmergedLeaf))',
  },
  {
    why: 'an entry must be a leaf that is there and below the parent: either fault is one',
    from: `if (tree[nodeIndex]?.nodeType !== "leaf" && !dp.includes(toNodeIndex(i)))`,
    to: `const nodeOfParent = toNodeIndex(i);
                if (tree[nodeIndex]?.nodeType !== "leaf" || !dp.includes(nodeOfParent))`,
  },
];

/** Gives the corrected text of clientState.js; throws when release or text are not those that were read. */
export function correctClientState(text: string, version: string): string {
  if (version !== tsMlsVersion) {
    throw new Error(`ts-mls is ${version}, its corrections are for ${tsMlsVersion}: see whether it still needs them (client/build/tsMlsCorrections.ts)`);
  }
  let corrected = text;
  for (const { why, from, to } of corrections) {
    if (corrected.split(from).length !== 2) throw new Error(`ts-mls ${version}: the text to correct is not there once (${why})`);
    corrected = corrected.replace(from, () => to);
  }
  return `${corrected}\nexport const parleyCorrection = ${JSON.stringify(correctionMark)};\n`;
}
