// Who could see and who looked: the opportunity to see a message, the ratios of the trade, and where heads point.
export { gazeProbability, type EyePlace, type GazeZone } from './gaze-zone.ts';
export { headOrientation, orientationAngles, type HeadOrientation } from './head-orientation.ts';
export { attractionRatio, conversionRatio, hadOpportunityToSee, isExposed, type ExposureZone, type Interval } from './opportunity.ts';
