export { TeamsDialog } from './dialog.tsx';
export { TeamsExample } from './example.tsx';
export { TeamsRoom } from './room.tsx';
