#!/usr/bin/env bash
# Builds the native addon of @tensorflow/tfjs-node from its sources, for train.backend: node, where the package's own
# download of libtensorflow cannot be had. The library and its headers come from the tensorflow-cpu wheel of PyPI.
#
# usage: scripts/build-tfjs-node.sh [--force]
#
# Needs: Linux on x64, g++ with C++17, python3 with pip, npm, node, and @tensorflow/tfjs-node in node_modules
# (npm ci installs it without its install script). Takes about a minute and 1.5 GB in $TMPDIR, most of it given back.
set -euo pipefail

tensorflow_version=2.18.1
python_version=3.11 # only names the wheel; nothing of Python's is linked

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
package=$root/node_modules/@tensorflow/tfjs-node
addon=$package/lib/napi-v8/tfjs_binding.node
libraries=$package/deps/lib

fail() {
  echo "build-tfjs-node: $1" >&2
  exit 1
}

[ -d "$package/binding" ] || fail "$package has no sources: run npm ci first"
for tool in g++ python3 npm node; do
  command -v "$tool" >/dev/null || fail "$tool is not on PATH"
done

# Loads the addon in a process of its own, as training will.
addon_works() {
  [ -f "$addon" ] && TF_CPP_MIN_LOG_LEVEL=2 node -e 'require(process.argv[1])' "$addon" 2>/dev/null
}

if [ "${1:-}" != --force ] && addon_works; then
  echo "build-tfjs-node: $addon is there and loads"
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "build-tfjs-node: fetching tensorflow-cpu $tensorflow_version and node-api-headers"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
  --python-version "$python_version" --platform manylinux2014_x86_64 --platform manylinux_2_17_x86_64 \
  --dest "$work" "tensorflow-cpu==$tensorflow_version"
python3 -m zipfile -e "$work"/tensorflow_cpu-*.whl "$work/wheel"
rm "$work"/tensorflow_cpu-*.whl
npm install --silent --no-save --ignore-scripts --prefix "$work/headers" node-api-headers

echo "build-tfjs-node: compiling"
mkdir -p "$libraries" "$(dirname "$addon")"
for library in libtensorflow_cc.so.2 libtensorflow_framework.so.2; do
  mv "$work/wheel/tensorflow/$library" "$libraries/$library"
done
g++ -O2 -std=c++17 -fPIC -shared -w \
  -DNAPI_VERSION=8 -DNODE_GYP_MODULE_NAME=tfjs_binding \
  -I"$package" -I"$work/wheel/tensorflow/include" -I"$work/headers/node_modules/node-api-headers/include" \
  "$package"/binding/*.cc \
  -L"$libraries" -l:libtensorflow_cc.so.2 -l:libtensorflow_framework.so.2 \
  -Wl,-rpath,'$ORIGIN/../../deps/lib' \
  -o "$addon.part"
mv "$addon.part" "$addon"

addon_works || fail "$addon was built but does not load: $(node -e 'require(process.argv[1])' "$addon" 2>&1 | head -5)"
echo "build-tfjs-node: wrote $addon"
