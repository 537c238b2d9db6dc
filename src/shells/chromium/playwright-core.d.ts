/** The driver's own parts, which it exports without their types. */
declare module 'playwright-core/lib/coreBundle';
