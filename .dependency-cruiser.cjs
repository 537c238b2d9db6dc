// The walls of the house (see docs/architecture.md): who may import whom, and only through the door.
const rooms = {
  contract: [],
  content: ['contract'],
  sensors: ['contract'],
  audience: ['contract'],
  selection: ['contract'],
  impressions: ['contract'],
  statistics: ['contract'],
  playback: ['contract', 'selection'],
  'slot-time': ['contract'],
  sync: ['contract', 'impressions', 'statistics'],
  player: ['contract', 'content', 'sensors', 'audience', 'selection', 'playback', 'slot-time', 'impressions', 'statistics', 'sync'],
  shells: ['contract', 'player'],
  hub: ['contract', 'content', 'impressions'],
  cli: ['contract', 'player', 'shells', 'hub', 'impressions', 'audience', 'sensors'],
};

const wall = (room, allowed) => ({
  name: `${room}-imports-only-${allowed.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^(src|renderer|test|build)/', pathNot: [`^src/${room}/`, ...allowed.map((other) => `^src/${other}/index\\.ts$`)] },
});

const pageWall = (page, allowed = []) => ({
  name: `${page}-page-imports-only-contract-${allowed.map((room) => `${room}-`).join('')}and-itself`,
  severity: 'error',
  from: { path: `^renderer/${page}/` },
  to: { path: '^(src|renderer|test|build)/', pathNot: [`^renderer/${page}/`, '^src/contract/', ...allowed.map((room) => `^src/${room}/index\\.ts$`)] },
});

const pure = (room) => ({
  name: `${room}-is-pure`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  // Hashing is arithmetic; everything else of Node reaches outside.
  to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
});

module.exports = {
  forbidden: [
    ...Object.entries(rooms).map(([room, allowed]) => wall(room, allowed)),
    ...['stage', 'vision', 'console', 'set-up'].map((page) => pageWall(page)),
    // An installer must see what the audience will make of a calibration: the same code, which is pure, runs in the page.
    pageWall('calibration', ['audience']),
    ...['audience', 'selection', 'statistics'].map(pure),
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'nothing-orphaned', severity: 'error', from: { orphan: true, path: '^(src|renderer)/', pathNot: '\\.(css|d\\.ts)$' }, to: {} },
    { name: 'nothing-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'product-needs-no-dev-dependency', severity: 'error', from: { path: '^src/', pathNot: '^src/shells/electron/' }, to: { dependencyTypes: ['npm-dev'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'module', 'node', 'default', 'types'] },
  },
};
