// Who could see and who looked: the opportunity to see a message, looks at the screen and at shelves, and the trade's ratios.
export { expose, isExposed, NEVER_EXPOSED, staysOf, type Exposure } from './exposure.ts';
export { gazeProbability, gazeShare, type HeadPose } from './gaze.ts';
export { headOrientation, orientationAngles, type HeadOrientation } from './head-orientation.ts';
export { followMessages, type Message, type Messages } from './messages.ts';
export { hadOpportunityToSee, type Interval } from './opportunity.ts';
export { attractionRatio, conversionRatio } from './ratios.ts';
export { lookAtShelves, type ShelfLooks } from './shelf-looks.ts';
export { isTowardsScreen } from './towards-screen.ts';
export { attentionMs, isWatching, NEVER_WATCHED, smilingMs, watch, type Watching } from './watching.ts';
