#!/usr/bin/env bash
# Fetches the images whose tags move with security updates, and writes exactly the fetched ones into .env, by their digests:
#   ops/images/pin.sh [.env]
# Run it again to take newer ones, and keep the former .env to go back. The images of the profiles stand in docker-compose.yml by digest.
set -euo pipefail
file=${1:-.env}
touch "$file"

pin() {
  local name=$1 tag=$2 digest rest
  docker pull --quiet "$tag" >/dev/null
  # `postgres@sha256:…`; an image that was built on this machine has none.
  digest=$(docker image inspect --format '{{join .RepoDigests "\n"}}' "$tag" | grep -Eo '@sha256:[0-9a-f]{64}$' | head -n 1) ||
    { echo "$tag has no digest: it does not come from a registry" >&2; exit 1; }
  rest=$(grep -v "^$name=" "$file" || true)
  # In place, so that its owner and rights stay.
  printf '%s\n' ${rest:+"$rest"} "$name=$tag$digest" >"$file"
  echo "$name=$tag$digest"
}

pin POSTGRES_IMAGE "${POSTGRES_TAG:-postgres:17-bookworm}"
pin REDIS_IMAGE "${REDIS_TAG:-redis:7-bookworm}"
pin NODE_IMAGE "${NODE_TAG:-node:24-bookworm-slim}"
