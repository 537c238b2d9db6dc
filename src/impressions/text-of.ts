import type { z } from 'zod';
import { canonicalJson, type CanonicalValue } from '../contract/index.ts';

/** The canonical text of a value that surely fits its schema; `null` when that has to be asked of the schema itself. */
export type TextOf = (value: unknown) => string | null;

/**
 * Makes of a schema a function that checks a value and writes its canonical JSON in one walk. Checking first and writing then
 * walks it twice and makes a copy of it, and an append is as fast as the little that happens between two syncs.
 *
 * It never says why something does not fit: whoever gets `null` asks the schema, whose answer counts. So it only needs to know what
 * it is sure of, and hands every type and rule that it does not know to the schema. Its text is always that of
 * `canonicalJson(schema.parse(value))`.
 */
export function textOf(schema: z.core.$ZodType): TextOf {
  return knownText((schema as z.core.$ZodTypes)._zod.def) ?? askedText(schema);
}

function knownText(def: z.core.$ZodTypes['_zod']['def']): TextOf | null {
  if (def.type === 'object') return objectText(def);
  if (def.type === 'union') return choiceText(def);
  if (def.type === 'array') return listText(def);
  if (def.type === 'string') return stringText(def);
  if (def.type === 'number') return integerText(def);
  if (def.type === 'nullable') return nullableText(textOf(def.innerType));
  if (def.type === 'optional') return textOf(def.innerType);
  if (def.type === 'literal') return constantText(def.values);
  if (def.type === 'enum') return constantText(Object.values(def.entries));
  return null;
}

/** For what is not known here: the schema checks, and the general writer writes. */
function askedText(schema: z.core.$ZodType): TextOf {
  return (value) => {
    const checked = (schema as z.ZodType<CanonicalValue>).safeParse(value);
    return checked.success ? canonicalJson(checked.data) : null;
  };
}

/** Keys that may be there and no others; written in the order of UTF-16 code units. */
function objectText(def: z.core.$ZodObjectDef): TextOf | null {
  if (hasRules(def) || def.catchall?._zod.def.type !== 'never') return null;
  const fields = Object.entries(def.shape)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, schema]) => ({ key, lead: `${JSON.stringify(key)}:`, text: textOf(schema), isOptional: schema._zod.optin === 'optional' }));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    let text = '';
    let foreign = Object.keys(value).length;
    for (const { key, lead, text: fieldText, isOptional } of fields) {
      const field = (value as Record<string, unknown>)[key];
      if (field === undefined) {
        if (!isOptional) return null;
        if (key in value) foreign -= 1;
        continue;
      }
      const written = fieldText(field);
      if (written === null) return null;
      text += text === '' ? lead + written : `,${lead}${written}`;
      foreign -= 1;
    }
    return foreign === 0 ? `{${text}}` : null;
  };
}

/** One of several objects, told apart by the value of one key. */
function choiceText(def: z.core.$ZodUnionDef & { readonly discriminator?: string }): TextOf | null {
  const { discriminator } = def;
  if (hasRules(def) || discriminator === undefined) return null;
  const choices = new Map<unknown, TextOf>();
  for (const option of def.options) {
    const text = textOf(option);
    for (const value of option._zod.propValues?.[discriminator] ?? []) choices.set(value, text);
  }
  return (value) => choices.get((value as Record<string, unknown> | null | undefined)?.[discriminator])?.(value) ?? null;
}

function listText(def: z.core.$ZodArrayDef): TextOf | null {
  const length = lengthOf(rulesOf(def));
  const itemText = textOf(def.element);
  if (length === null) return null;
  return (value) => {
    if (!Array.isArray(value) || value.length < length.shortest || value.length > length.longest) return null;
    let text = '';
    for (const item of value) {
      const written = itemText(item);
      if (written === null) return null;
      text += text === '' ? written : `,${written}`;
    }
    return `[${text}]`;
  };
}

function stringText(def: z.core.$ZodStringDef): TextOf | null {
  const patterns: RegExp[] = [];
  const others: Rule[] = [];
  for (const rule of rulesOf(def)) {
    if (rule.check === 'string_format' && rule.pattern !== undefined) patterns.push(rule.pattern);
    else others.push(rule);
  }
  const length = lengthOf(others);
  if (length === null) return null;
  return (value) => {
    if (typeof value !== 'string' || value.length < length.shortest || value.length > length.longest) return null;
    for (const pattern of patterns) if (!pattern.test(value)) return null;
    return JSON.stringify(value);
  };
}

/** Floats have too many spellings for evidence: only what is declared as a safe integer is written here. */
function integerText(def: z.core.$ZodNumberDef): TextOf | null {
  let lowest = Number.MIN_SAFE_INTEGER;
  let highest = Number.MAX_SAFE_INTEGER;
  let isInteger = false;
  for (const rule of rulesOf(def)) {
    if (rule.check === 'number_format' && rule.format === 'safeint') isInteger = true;
    else if (rule.check === 'greater_than' && rule.inclusive && typeof rule.value === 'number') lowest = Math.max(lowest, rule.value);
    else if (rule.check === 'less_than' && rule.inclusive && typeof rule.value === 'number') highest = Math.min(highest, rule.value);
    else return null;
  }
  if (!isInteger) return null;
  // Of -0 too this makes "0".
  return (value) => (Number.isSafeInteger(value) && (value as number) >= lowest && (value as number) <= highest ? String(value) : null);
}

function nullableText(text: TextOf): TextOf {
  return (value) => (value === null ? 'null' : text(value));
}

function constantText(values: readonly z.core.util.Literal[]): TextOf {
  const texts = new Map(values.map((value) => [value, JSON.stringify(value)]));
  return (value) => texts.get(value as z.core.util.Literal) ?? null;
}

type Rule = z.core.$ZodChecks['_zod']['def'];

/** A format such as `z.uuid()` is a rule and a type at once. */
function rulesOf(def: z.core.$ZodTypeDef): Rule[] {
  const rules = (def.checks ?? []).map((check) => (check as z.core.$ZodChecks)._zod.def);
  return 'check' in def ? [def as unknown as Rule, ...rules] : rules;
}

/** `null`: there is another rule among them. */
function lengthOf(rules: readonly Rule[]): { readonly shortest: number; readonly longest: number } | null {
  let shortest = 0;
  let longest = Number.POSITIVE_INFINITY;
  for (const rule of rules) {
    if (rule.check === 'min_length') shortest = Math.max(shortest, rule.minimum);
    else if (rule.check === 'max_length') longest = Math.min(longest, rule.maximum);
    else return null;
  }
  return { shortest, longest };
}

function hasRules(def: z.core.$ZodTypeDef): boolean {
  return (def.checks ?? []).length > 0;
}
