// Schedules in the screen's own time: dates, weekdays and dayparts as stretches of real time. Pure: clock and zone come in.
export { Almanac } from './almanac.ts';
