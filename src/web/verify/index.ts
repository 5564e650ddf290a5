export type { VerifySite } from './pages.tsx';
export { verifyRouter } from './router.ts';
