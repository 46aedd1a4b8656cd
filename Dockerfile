# One image for every process; the command chooses: api, worker, migrate, sandbox.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json tsconfig.base.json tsconfig.json ./
COPY apps apps
COPY libs libs
RUN npm ci --no-audit --no-fund
RUN npx tsc -b apps/api apps/worker apps/cli apps/sandbox \
  && find apps libs -name '*.ts' -not -path '*/node_modules/*' -not -name '*.d.ts' -delete
RUN npm prune --omit=dev --omit=optional --no-audit --no-fund

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build --chown=node:node /app /app
USER node
EXPOSE 3000
CMD ["node", "apps/api/dist/main.js"]
