import { dirname } from 'node:path';
import { Router } from 'express';

const folder = dirname(require.resolve('swagger-ui-dist/package.json'));

/** The package holds more than is needed: source maps, a demo, its own description. */
const files = ['swagger-ui.css', 'swagger-ui-bundle.js'];

const start = `window.onload = () => {
  window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, docExpansion: 'list' });
};
`;

const document = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>API of crm-xero-sync</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

/** `/docs`: the API, readable; everything is served from here, nothing from elsewhere. */
export function docs(): Router {
  const router = Router();
  router.get('/', (_req, res) => void res.type('html').send(document));
  router.get('/start.js', (_req, res) => void res.type('text/javascript').send(start));
  for (const file of files) {
    router.get(`/${file}`, (_req, res) => res.sendFile(file, { root: folder, maxAge: '1d' }));
  }
  return router;
}
