// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/simulate_parts.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::capture {

namespace {

constexpr double most_electrons = 1e7; // a photosite of any camera holds less

void require(double value, double least, double most, Words name) {
    if (!(value >= least && value <= most)) {
        throw Error{ErrorKind::domain,
                    {"{} : de {} à {}, et non {}", "{} must be from {} to {}, not {}"},
                    Sentence{name},
                    least,
                    most,
                    value};
    }
}

void check_shape(SceneSettings const& settings) {
    auto const [height, width] = settings.shape;
    auto const fits = [](std::ptrdiff_t side) {
        return side >= 16 && side <= 20'000 && side % 2 == 0;
    };
    auto const text = std::to_string(width) + " x " + std::to_string(height);
    if (!fits(height) || !fits(width)) {
        throw Error{ErrorKind::shape,
                    {"les côtés d’une image simulée doivent être des nombres pairs de 16 à 20 000 "
                     "photosites ; celle-ci aurait {}",
                     "the sides of a simulated frame must be even, from 16 to 20000 photosites; "
                     "this one would be {}"},
                    text};
    }
    if (settings.burn_mark && (width < 128 || height < 48)) {
        throw Error{
            ErrorKind::shape,
            {"une image simulée doit avoir au moins 128 x 48 photosites, pour contenir le mot "
             "SIMULATED ; celle-ci aurait {}",
             "a simulated frame must be at least 128 x 48 photosites to hold the word "
             "SIMULATED; this one would be {}"},
            text};
    }
    if (settings.masked_columns < 0 || settings.masked_columns > 1000 ||
        settings.masked_columns % 2 != 0) {
        throw Error{ErrorKind::shape,
                    {"le nombre de colonnes masquées doit être pair, de 0 à 1000, et non {}",
                     "the number of masked columns must be even, from 0 to 1000, not {}"},
                    settings.masked_columns};
    }
}

void check_background(Background const& background) {
    for (double const level : background.electrons) {
        require(level, 0.0, most_electrons, {"électrons du fond", "background electrons"});
    }
    require(background.gradient, 0.0, 1.999, {"gradient", "the gradient"});
    require(background.angle_deg, -360.0, 360.0, {"angle du fond", "the angle of the background"});
    require(
        background.weave_period, 4.0, 10'000.0, {"période du tissage", "the period of the weave"});
    require(background.weave_depth, 0.0, 0.5, {"profondeur du tissage", "the depth of the weave"});
    require(
        background.fold_period, 50.0, 100'000.0, {"période des plis", "the period of the folds"});
    require(background.fold_depth, 0.0, 0.5, {"profondeur des plis", "the depth of the folds"});
    require(background.mottle_depth,
            0.0,
            0.3,
            {"profondeur des marbrures", "the depth of the mottling"});
    require(background.print_period,
            8.0,
            10'000.0,
            {"période de l’imprimé", "the period of the print"});
    for (double const depth : background.print_depth) {
        require(depth, -3.0, 0.95, {"profondeur de l’imprimé", "the depth of the print"});
    }
    require(
        background.lamp_falloff, 0.0, 0.9, {"chute de lumière de la lampe", "the lamp's falloff"});
}

void check_region(Region const& region, Shape shape) {
    auto const width = static_cast<double>(shape.width);
    auto const height = static_cast<double>(shape.height);
    bool const inside = region.x >= 0.0 && region.y >= 0.0 && region.width > 0.0 &&
                        region.height > 0.0 && region.x + region.width <= width &&
                        region.y + region.height <= height;
    if (!inside) {
        throw Error{
            ErrorKind::domain,
            {"la région d’un groupe de gouttelettes doit tenir dans l’image de {} x {} photosites",
             "the region of a group of droplets must lie within the frame of {} x {} photosites"},
            shape.width,
            shape.height};
    }
}

void check_droplets(DropletGroup const& group, Shape shape) {
    require(static_cast<double>(group.count),
            0.0,
            100'000.0,
            {"nombre de gouttelettes", "the number of droplets"});
    require(group.flux_electrons, 1e-3, 1e9, {"flux d’une gouttelette", "the flux of a droplet"});
    require(group.flux_log_sd, 0.0, 3.0, {"dispersion du flux", "the spread of the flux"});
    bool const is_large = group.kind == DropletKind::stain || group.kind == DropletKind::print;
    require(group.radius,
            0.25,
            is_large ? 1500.0 : 100.0,
            {"rayon d’une gouttelette", "the radius of a droplet"});
    // Bounds the time: a stain of radius 1500 takes a second.
    if (is_large && static_cast<double>(group.count) * group.radius * group.radius > 1e8) {
        throw Error{ErrorKind::domain,
                    {"des taches si grandes et si nombreuses prendraient trop de temps : nombre × "
                     "rayon² au plus 1e8, et non {}",
                     "so many stains of that size would take too long: count x radius^2 at most "
                     "1e8, not {}"},
                    static_cast<double>(group.count) * group.radius * group.radius};
    }
    for (double const share : group.absorption) {
        require(share, 0.0, 1.0, {"part absorbée", "the share that is absorbed"});
    }
    require(group.radius_log_sd, 0.0, 2.0, {"dispersion du rayon", "the spread of the radius"});
    require(group.axis_ratio, 0.02, 1.0, {"rapport des axes", "the axis ratio"});
    require(group.cluster_sd, 0.0, 20'000.0, {"dispersion d’un amas", "the spread of a cluster"});
    require(group.separation,
            0.0,
            20'000.0,
            {"distance entre gouttelettes", "the separation of droplets"});
    double sum = 0.0;
    for (double const share : group.colour) {
        require(share, 0.0, 1e6, {"couleur d’une gouttelette", "the colour of a droplet"});
        sum += share;
    }
    if (!(sum > 0.0)) {
        throw Error{ErrorKind::domain,
                    {"une gouttelette doit émettre dans un plan au moins",
                     "a droplet must shine in at least one plane"}};
    }
    if (group.region) {
        check_region(*group.region, shape);
    }
}

void check_sensor(Sensor const& sensor, bool burn_mark) {
    if (sensor.bits != 12 && sensor.bits != 14 && sensor.bits != 16) {
        throw Error{ErrorKind::domain,
                    {"un capteur simulé a 12, 14 ou 16 bits, et non {}",
                     "a simulated sensor has 12, 14 or 16 bits, not {}"},
                    sensor.bits};
    }
    require(
        sensor.gain_dn, 1e-4, 1000.0, {"gain, en DN par électron", "the gain in DN per electron"});
    require(sensor.full_well_electrons,
            1.0,
            most_electrons,
            {"capacité d’un photosite", "the full well"});
    require(sensor.read_noise_electrons, 0.0, 1000.0, {"bruit de lecture", "the read noise"});
    require(sensor.prnu,
            0.0,
            0.1,
            {"dispersion de la réponse (PRNU)", "the spread of response (PRNU)"});
    require(sensor.dsnu_electrons,
            0.0,
            1000.0,
            {"dispersion du niveau d’obscurité (DSNU)", "the spread of the dark level (DSNU)"});
    require(sensor.row_noise_electrons, 0.0, 1000.0, {"bruit de ligne", "the row noise"});
    require(sensor.hot_share,
            0.0,
            0.01,
            {"proportion de photosites chauds", "the share of hot photosites"});
    require(sensor.hot_electrons,
            0.0,
            most_electrons,
            {"charge des photosites chauds", "the charge of hot photosites"});
    require(sensor.nonlinearity, -0.2, 0.2, {"non-linéarité", "the nonlinearity"});
    double const noise_dn =
        sensor.gain_dn *
        std::hypot(sensor.read_noise_electrons, sensor.dsnu_electrons, sensor.row_noise_electrons);
    for (double const black : sensor.black_dn) {
        require(black, 0.0, white_dn(sensor) - 1.0, {"niveau de noir", "the black level"});
        // A reader knows the letters by their 0 only where noise cannot bring a photosite there.
        if (burn_mark && !(black - 8.0 * noise_dn > 0.0)) {
            throw Error{ErrorKind::domain,
                        {"un niveau de noir de {} DN vaut moins de 8 écarts-types du bruit dans "
                         "l’obscurité ({} DN) : élever le niveau de noir ou réduire le bruit",
                         "a black level of {} DN is less than 8 standard deviations of the dark "
                         "noise ({} DN): raise the black level or lower the noise"},
                        black,
                        significant_text(noise_dn, 3)};
        }
    }
}

} // namespace

void check_scene(SceneSettings const& settings) {
    check_shape(settings);
    check_background(settings.background);
    for (DropletGroup const& group : settings.droplets) {
        check_droplets(group, settings.shape);
    }
    require(
        settings.lens.defocus_radius, 0.0, 20.0, {"disque de confusion", "the disc of confusion"});
    require(settings.lens.blur_sd, 0.0, 20.0, {"flou", "the blur"});
    check_sensor(settings.sensor, settings.burn_mark);
}

} // namespace cmq::capture
