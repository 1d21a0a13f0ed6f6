#!/bin/sh
# Makes the captures of the demonstration case again: the same bytes as those committed.
# usage: sample_data/demonstration/make.sh path/to/contremarque [folder]
set -eu
program=$1
folder=${2:-$(dirname "$0")}

# One camera (its sensor seed is the standard 1) at one setting, one kind of cloth.
cloth="--background woven --weave-period 9 --weave-depth 0.14 --fold-period 520 --fold-depth 0.3 --iso 800"
# A third of the bytes for the same photosites. Not for the ambient capture: in the dark it would come to
# 3.6 bits a photosite, and below 4 a reader cannot rule out that something was lost.
packed="--compression lossless-jpeg"
# A lamp of 365 nm: cotton glows blue.
uv="$cloth $packed --background-electrons 30,65,200 --lamp-falloff 0.6 --exposure-s 4"
# The marker glows yellow-green.
marker="--droplet-kind ellipse --axis-ratio 0.75 --colour 0.6,1,0.12"

scene() {
    name=$1
    shift
    "$program" simulate scene -o "$folder/$name.dng" "$@"
}

# The sleeve with the mark: a spray of droplets from bright to barely visible, and one smear.
scene evidence $uv $marker --truth "$folder/evidence.truth.csv" --seed 11 --scene-seed 101 \
    --region 420,160,760,600 --cluster-sd 150 --separation 12 --droplets 28 --flux 1500 --flux-log-sd 0.9 \
    --radius 2 --smears 1 --smear-flux 20000 --smear-radius 4 --smear-axis-ratio 0.2
# The same cloth beside the mark: no marker.
scene blank_1 $uv --seed 12 --scene-seed 102
scene blank_2 $uv --seed 13 --scene-seed 103
scene blank_3 $uv --seed 14 --scene-seed 104
# The sleeve with the lamp off: what the room adds.
scene ambient $cloth --background-electrons 2,3,2 --exposure-s 4 --seed 15 --scene-seed 101
# A sample of the marker's lot, sprayed on the same cloth in the laboratory.
scene reference_lot $uv $marker --truth "$folder/reference_lot.truth.csv" --seed 16 --scene-seed 106 \
    --region 150,120,1200,680 --separation 120 --droplets 20 --flux 15000 --flux-log-sd 0.4 --radius 3
# The sleeve in white light: the marker does not show.
scene visible $cloth $packed --background-electrons 9000,9000,8600 --lamp-falloff 0.15 --exposure-s 0.02 \
    --seed 17 --scene-seed 101
