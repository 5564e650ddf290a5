import { render } from 'preact';
import { App } from './app.tsx';
import { Gallery } from './gallery.tsx';
import { StoreProvider } from './store.tsx';

const page = location.pathname.endsWith('/gallery') ? (
  <Gallery />
) : (
  <StoreProvider>
    <App />
  </StoreProvider>
);
render(page, document.body);
