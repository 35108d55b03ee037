#!/usr/bin/env bash
# Weights for cross-validation: build/folds/K are trained without fold K of PLV and CoPED. About MINUTES for each of five.
#
#     training/base/folds.sh build/three/model.pt [MINUTES]
#
# Then: python bench/plv.py --folds build/folds; python bench/coped.py --folds build/folds
set -euo pipefail
base=${1:?a model.pt of the language base}
minutes=${2:-6}
data=${DRAGOMAN_DATA:-../shared/data}
lemmas=packages/dragoman-weights-en/src/dragoman_weights_en/data/lemmas.tsv
for fold in 0 1 2 3 4; do
    python training/base/events.py --data "$data" --resume "$base" --out "build/folds/model-$fold" --minutes "$minutes" --fold "$fold"
    python training/base/export.py "build/folds/model-$fold/model.pt" "build/folds/$fold" --version 0.3.0
    cp "$lemmas" "build/folds/$fold/"
done
