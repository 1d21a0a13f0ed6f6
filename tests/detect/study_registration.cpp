// SPDX-License-Identifier: GPL-3.0-or-later

// Errors of registration on scenes of known transform, and its verdicts on pairs that do not belong together.
// study_registration [height width patches scenes]: one line a kind of pair.

#include "tests/detect/two_lights.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace {

using namespace cmq::detect;

struct Line {
    double squares = 0.0;
    double largest = 0.0;
    double residual = 0.0;
    double ratio = 0.0;
    double aligned = 0.0;
    double count = 0.0;
    double seconds = 0.0;
    double least_z = 1e9;
    double most_z = 0.0;

    void print(char const* name) const {
        double const n = std::max(aligned, 1.0);
        std::printf("| %s | %.0f | %.0f | %.3f | %.3f | %.3f | %.2f | %.1f to %.1f | %.2f |\n",
                    name,
                    count,
                    aligned,
                    std::sqrt(squares / n),
                    largest,
                    residual / n,
                    std::sqrt(ratio / n),
                    least_z,
                    most_z,
                    seconds / count);
    }
};

void add(Line& line, cmq::Frame const& uv, cmq::Frame const& other, Transform const& truth) {
    std::clock_t const start = std::clock();
    Registration const found = register_frames(uv, other, 1);
    line.seconds += static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    line.count += 1.0;
    line.least_z = std::min(line.least_z, found.peak_z);
    line.most_z = std::max(line.most_z, found.peak_z);
    if (found.state == RegistrationState::aligned) {
        double const error = two_lights::difference(found.to_moving, truth, uv.shape).rms;
        line.aligned += 1.0;
        line.squares += error * error;
        line.largest = std::max(line.largest, error);
        line.residual += found.residual;
        line.ratio += error * error / (found.transform_sigma * found.transform_sigma);
    }
}

} // namespace

int main(int argc, char** argv) {
    auto const argument = [&](int i, long otherwise) {
        return argc > i ? std::strtol(argv[i], nullptr, 10) : otherwise;
    };
    cmq::Shape const shape{argument(1, 800), argument(2, 1200)};
    auto const patches = static_cast<std::size_t>(argument(3, 400));
    auto const scenes = static_cast<std::uint64_t>(argument(4, 10));
    Line shift;
    Line turn;
    Line perspective;
    Line faint;
    Line unrelated;
    Line blank;
    for (std::uint64_t seed = 1; seed <= scenes; ++seed) {
        cmq::Random random{seed, 912, 0};
        auto const any = [&](double most) { return most * (2.0 * random.uniform() - 1.0); };
        auto const scene = two_lights::make_scene(shape, seed, patches);
        auto const uv = two_lights::expose(scene, shape, {}, {.seed = 1000 + seed});
        auto const see = [&](Transform const& transform) {
            return two_lights::expose(
                scene,
                shape,
                transform,
                {.ultraviolet = false, .level_dn = 800.0, .seed = 2000 + seed});
        };
        Transform const moved = two_lights::make_transform(shape, 0.0, 1.0, any(40.0), any(40.0));
        add(shift, uv, see(moved), moved);
        Transform const turned =
            two_lights::make_transform(shape, any(8.0), 1.0 + any(0.08), any(40.0), any(40.0));
        add(turn, uv, see(turned), turned);
        Transform const tilted =
            two_lights::make_transform(shape, any(2.0), 1.0, any(20.0), any(20.0), any(0.08));
        auto const tilted_frame = see(tilted);
        add(perspective, uv, tilted_frame, tilted);
        add(faint,
            two_lights::expose(scene, shape, {}, {.level_dn = 8.0, .seed = 3000 + seed}),
            tilted_frame,
            tilted);
        auto const other = two_lights::make_scene(shape, 10'000 + seed, patches);
        add(unrelated,
            uv,
            two_lights::expose(
                other, shape, {}, {.ultraviolet = false, .level_dn = 800.0, .seed = 4000 + seed}),
            {});
        add(blank,
            uv,
            two_lights::expose(
                scene,
                shape,
                {},
                {.ultraviolet = false, .level_dn = 800.0, .depth = 0.0, .seed = 5000 + seed}),
            {});
    }
    std::printf("| pair | pairs | aligned | error, rms | largest | residual, mean | error by its "
                "uncertainty, rms | peak_z | s |\n|---|---|---|---|---|---|---|---|---|\n");
    shift.print("shift");
    turn.print("turn to 8 degrees, scale to 8 %");
    perspective.print("perspective to 8 %");
    faint.print("the same, ultraviolet at 16 electrons");
    unrelated.print("unrelated scenes");
    blank.print("blank");
    return 0;
}
