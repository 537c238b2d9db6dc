import { z } from 'zod';
import { slugSchema } from './ids.ts';
import { MAIN_ZONE, zoneSchema } from './presentation.ts';
import { scheduleSchema } from './schedule.ts';

const placeSchema = z.int().min(1).max(24);

/** How the panel is divided: zones on a grid of equal columns and rows, counted from 1, left to right and top to bottom. */
export const layoutSchema = z
  .strictObject({
    id: slugSchema,
    columns: placeSchema,
    rows: placeSchema,
    zones: z
      .array(z.strictObject({ id: zoneSchema.shape.id, column: placeSchema, row: placeSchema, columnSpan: placeSchema, rowSpan: placeSchema }))
      .min(1)
      .max(16),
    schedule: scheduleSchema.optional(),
  })
  .superRefine(({ columns, rows, zones }, context) => {
    const refuse = (message: string, ...path: (string | number)[]): void => context.addIssue({ code: 'custom', message, path: ['zones', ...path] });
    if (zones.filter(({ id }) => id === MAIN_ZONE).length !== 1) refuse(`exactly one zone must be called "${MAIN_ZONE}": the one that is never dark`);
    const owners = new Map<string, string>();
    for (const [index, { id, column, row, columnSpan, rowSpan }] of zones.entries()) {
      if (zones.findIndex((zone) => zone.id === id) !== index) refuse(`"${id}" stands twice`, index, 'id');
      if (column + columnSpan - 1 > columns) refuse(`"${id}" ends at column ${column + columnSpan - 1} of ${columns}`, index, 'columnSpan');
      if (row + rowSpan - 1 > rows) refuse(`"${id}" ends at row ${row + rowSpan - 1} of ${rows}`, index, 'rowSpan');
      const overlapped = new Set<string>();
      for (let at = 0; at < columnSpan * rowSpan; at += 1) {
        const cell = `${column + (at % columnSpan)}/${row + Math.floor(at / columnSpan)}`;
        const owner = owners.get(cell);
        if (owner !== undefined) overlapped.add(owner);
        owners.set(cell, id);
      }
      for (const owner of overlapped) refuse(`"${id}" lies over "${owner}": each cell belongs to one zone`, index);
    }
  });
export type Layout = z.infer<typeof layoutSchema>;
