import { z } from 'zod';

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export const weekdaySchema = z.enum(WEEKDAYS);
export type Weekday = z.infer<typeof weekdaySchema>;

const civilDateSchema = z.iso.date('must be a date such as 2026-12-24');
const civilTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of the day such as 07:30');

/**
 * A part of the day by the clock on the wall of the shop; the end does not belong to it. An end at or before the start is on the
 * next day, and the whole night belongs to the day on which it starts.
 */
export const daypartSchema = z.strictObject({
  from: civilTimeSchema,
  to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time of the day such as 18:00, or 24:00'),
});
export type Daypart = z.infer<typeof daypartSchema>;

/** All that a rule says must hold; what it leaves out always does. Dates and times are those of the screen's own time zone. */
export const scheduleRuleSchema = z
  .strictObject({
    /** What people call this time: stands in the reason of a play. "Saturday morning". */
    name: z.string().trim().min(1).max(80).optional(),
    /** First day. */
    from: civilDateSchema.optional(),
    /** Last day, which belongs to it. */
    until: civilDateSchema.optional(),
    weekdays: z.array(weekdaySchema).min(1).max(7).optional(),
    dayparts: z.array(daypartSchema).min(1).max(24).optional(),
  })
  .refine(({ from, until }) => from === undefined || until === undefined || from <= until, { error: 'ends before it begins: the last day must not be earlier than the first', path: ['until'] });
export type ScheduleRule = z.infer<typeof scheduleRuleSchema>;

/** Holds while any of its rules does. */
export const scheduleSchema = z.array(scheduleRuleSchema).min(1).max(32);
export type Schedule = z.infer<typeof scheduleSchema>;

/** An IANA time zone, such as Europe/Berlin. */
export const timeZoneSchema = z.string().min(1).max(64);
