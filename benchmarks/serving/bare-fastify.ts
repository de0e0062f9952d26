/** The ceiling: Fastify that parses a body and answers. usage: node bare-fastify.ts PORT */
import fastify from 'fastify';

const app = fastify();
app.post('/predict', (request) => ({ predictions: [Object.keys(request.body as object).length] }));
app.get('/ready', () => ({ ready: true }));
await app.listen({ port: Number(process.argv[2]) });
