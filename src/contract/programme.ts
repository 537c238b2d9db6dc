import { z } from 'zod';
import { contentKindSchema, MEDIA_TYPES } from './content-kind.ts';
import { criterionSchema } from './criterion.ts';
import { base64Schema, durationMsSchema, sha256Schema, slugSchema, wallMsSchema } from './ids.ts';
import { layoutSchema } from './layout.ts';
import { playlistSchema, tierSchema } from './playlist.ts';
import { presentationSchema, zoneSchema } from './presentation.ts';
import { refuseWhatCannotPlay } from './programme-checks.ts';
import { scheduleSchema } from './schedule.ts';
import { slotsDraftSchema, slotsSchema } from './slots.ts';
import { pictureScheduleSchema } from './stage-picture.ts';
import { sourcesSchema } from './source.ts';
import { tableMetricSchema } from './table-metrics.ts';

export const creativeSchema = z
  .strictObject({
    id: slugSchema,
    name: z.string().trim().min(1).max(120),
    campaign: z.string().trim().min(1).max(120),
    kind: contentKindSchema,
    mediaType: z.string().max(60),
    sha256: sha256Schema,
    bytes: z.int().min(1).max(2_000_000_000),
    /** How long it is on screen: between half a second and a day. */
    durationMs: durationMsSchema.min(500).max(86_400_000),
    tier: tierSchema,
    /** Weight in the draw inside the tier. */
    weight: z.int().min(1).max(1000),
    /** All must hold. None: the creative is always eligible. */
    criteria: z.array(criterionSchema).max(8),
    /** When it may be shown, in the screen's own time. None: always. */
    schedule: scheduleSchema.optional(),
    /** Where it is shown; `main` if nothing is said. What stands in a playlist is shown in the playlist's zone. */
    zone: zoneSchema.shape.id.optional(),
    presentation: presentationSchema.optional(),
    /** Of content from outside: the creative that is shown in its place and for as long, when it cannot be. */
    fallback: slugSchema.optional(),
    /** Of a PDF: how long each page is on, from the first again after the last. Without it, its pages share the duration. No timer of a page holds more than 24 days. */
    pageMs: durationMsSchema.min(1_000).max(86_400_000).optional(),
    /** Shown at least this often, whatever the audience: for the notice that people are being counted. */
    atLeastEveryMs: durationMsSchema.min(10_000).optional(),
    /** This creative tells people what is sensed here. Without one in the programme, nothing is sensed. */
    notice: z.boolean().optional(),
  })
  .refine((creative) => (MEDIA_TYPES[creative.kind] as readonly string[]).includes(creative.mediaType), {
    error: (issue) => `media type "${(issue.input as { mediaType: string }).mediaType}" does not fit kind "${(issue.input as { kind: string }).kind}"`,
    path: ['mediaType'],
  });
export type Creative = z.infer<typeof creativeSchema>;

/** A site's documented decision to sense, per kind of sensing. A missing field is a refusal. */
export const sensingPermitSchema = z.strictObject({
  purpose: z.string().trim().min(1).max(500),
  legalBasis: z.string().trim().min(1).max(500),
  /** Where the notice hangs, beside the notice creative. */
  notice: z.string().trim().min(1).max(500),
  retention: z.string().trim().min(1).max(500),
  untilMs: wallMsSchema,
});
export type SensingPermit = z.infer<typeof sensingPermitSchema>;

/** At 2, a visit changes the odds of all that is released of it by a factor of 7.4 at the most. */
const LARGEST_EPSILON = 2;

interface Epsilon {
  readonly epsilonNumerator: number;
  readonly epsilonDenominator: number;
}

/** Whoever sees every release sees one visit in all of them: what protects the visit is the sum. */
function totalEpsilon(statistics: Epsilon & { readonly tables?: readonly Epsilon[] | undefined }): number {
  return [statistics, ...(statistics.tables ?? [])].reduce((sum, { epsilonNumerator, epsilonDenominator }) => sum + epsilonNumerator / epsilonDenominator, 0);
}

export const sitePolicySchema = z.strictObject({
  camera: sensingPermitSchema.optional(),
  demographics: sensingPermitSchema.optional(),
  /** Whether people smile while they look: a switch of its own, and only ever a sum. */
  expression: sensingPermitSchema.optional(),
  statistics: z
    .strictObject({
      /** Length of a released cell. 15 minutes for a real site; less is for demonstrations, where the people are recorded. */
      windowMs: z.int().min(10_000).max(3_600_000),
      /** Epsilon as the rational numerator / denominator: no float comes near a release. */
      epsilonNumerator: z.int().min(1).max(100),
      epsilonDenominator: z.int().min(1).max(100),
      /** What else is released besides the count of visits. Each table has noise, a window and an epsilon of its own. */
      tables: z
        .array(
          z.strictObject({
            metric: tableMetricSchema,
            windowMs: z.int().min(10_000).max(86_400_000),
            epsilonNumerator: z.int().min(1).max(100),
            epsilonDenominator: z.int().min(1).max(100),
          }),
        )
        .max(10)
        .refine((tables) => new Set(tables.map(({ metric }) => metric)).size === tables.length, 'a metric stands twice')
        .optional(),
    })
    .refine((statistics) => totalEpsilon(statistics) <= LARGEST_EPSILON + 1e-9, {
      error: `the epsilons of all that is released must sum up to at most ${LARGEST_EPSILON}: with less noise, a sum says something of somebody`,
      path: ['epsilonNumerator'],
    }),
});
export type SitePolicy = z.infer<typeof sitePolicySchema>;

/** What a content manager writes besides the creatives, the same in the folder and in what is signed. */
const arrangement = {
  playlists: z.array(playlistSchema).max(1_000).optional(),
  /** The first one whose schedule holds. If none does, `main` has the whole panel. */
  layouts: z.array(layoutSchema).min(1).max(16).optional(),
  /** All that screens may fetch from outside. */
  sources: sourcesSchema.optional(),
  slots: slotsDraftSchema.optional(),
  /** Screens send a picture of their stage so often. None: only when somebody asks for it. */
  pictures: pictureScheduleSchema.optional(),
};

export const programmeSchema = z
  .strictObject({
    /** Never goes back: a lower one than the last seen is a rollback, and refused. */
    version: z.int().min(1),
    name: z.string().trim().min(1).max(120),
    issuedMs: wallMsSchema,
    creatives: z.array(creativeSchema).min(1).max(10_000),
    ...arrangement,
    slots: slotsSchema.optional(),
    selection: z.strictObject({
      /** A criterion must hold this long before it counts, and fail this long before it no longer counts. */
      enterMs: durationMsSchema.max(60_000),
      leaveMs: durationMsSchema.max(600_000),
      /** A creative on screen is not interrupted by a higher tier before this. */
      minimumHoldMs: durationMsSchema.max(3_600_000),
    }),
    policy: sitePolicySchema,
  })
  .superRefine(refuseWhatCannotPlay);
export type Programme = z.infer<typeof programmeSchema>;

/**
 * `POST /api/programmes`: a programme before the hub gave it a version and a signature. Its media were put to the hub before,
 * under their hash.
 */
export const programmeDraftSchema = z.strictObject({
  name: programmeSchema.shape.name,
  creatives: programmeSchema.shape.creatives,
  ...arrangement,
  selection: programmeSchema.shape.selection,
  policy: programmeSchema.shape.policy,
});
export type ProgrammeDraft = z.infer<typeof programmeDraftSchema>;

/** The exact bytes that were signed travel as text; they are parsed only after the signature was checked. */
export const signedProgrammeSchema = z.strictObject({
  programme: z.string().max(10_000_000),
  /** Ed25519 over the UTF-8 bytes of `programme`, with the hub key that the screen pinned when it enrolled. */
  signature: base64Schema,
});
export type SignedProgramme = z.infer<typeof signedProgrammeSchema>;

/**
 * `programme.json` in a programme folder, as a content manager writes it: media by file name, no hashes, no version. The
 * hub turns it into a `Programme` when it publishes.
 */
export const programmeSourceSchema = z.strictObject({
  name: programmeSchema.shape.name,
  creatives: z
    .array(
      z.strictObject({
        ...creativeSchema.shape,
        /** Relative to the folder, no `..`. */
        file: z.string().regex(/^[\w][\w./-]*$/).refine((file) => !file.includes('..'), 'must stay inside the programme folder'),
      }).omit({ sha256: true, bytes: true, mediaType: true }),
    )
    .min(1)
    .max(10_000),
  ...arrangement,
  selection: programmeSchema.shape.selection,
  policy: programmeSchema.shape.policy,
}).superRefine(refuseWhatCannotPlay);
export type ProgrammeSource = z.infer<typeof programmeSourceSchema>;
