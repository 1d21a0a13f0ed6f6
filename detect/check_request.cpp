// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/check_request.hpp"

#include "core/error.hpp"

#include <cmath>

namespace cmq::detect {
namespace {

void check_colour(PerPlane<double> const& colour) {
    double sum = 0.0;
    for (double const share : colour) {
        if (!(share >= 0.0) || !std::isfinite(share)) {
            throw Error{ErrorKind::domain,
                        {"une composante de la couleur du marqueur est négative ou n’est pas un "
                         "nombre",
                         "a share of the marker's colour is negative or no number"}};
        }
        sum += share;
    }
    if (!(sum > 0.0)) {
        throw Error{ErrorKind::domain,
                    {"la couleur du marqueur n’a de lumière dans aucun plan",
                     "the marker's colour has no light in any plane"}};
    }
}

} // namespace

void check_request(Frame const& frame, Settings const& settings) {
    if (!(settings.false_traces_expected > 0.0) || settings.false_traces_expected > 100.0) {
        throw Error{
            ErrorKind::domain,
            {"le nombre attendu de fausses traces doit être supérieur à 0 et au plus égal à 100, "
             "et non {}",
             "the expected number of false traces must be above 0 and at most 100, not {}"},
            settings.false_traces_expected};
    }
    if (settings.false_discovery_rate &&
        !(*settings.false_discovery_rate > 0.0 && *settings.false_discovery_rate <= 0.5)) {
        throw Error{
            ErrorKind::domain,
            {"la part attendue de fausses traces doit être supérieure à 0 et au plus égale à "
             "0,5, et non {}",
             "the expected share of false traces must be above 0 and at most 0.5, not {}"},
            *settings.false_discovery_rate};
    }
    if (frame.shape.height < 64 || frame.shape.width < 64) {
        throw Error{ErrorKind::shape,
                    {"une image doit avoir au moins 64 x 64 photosites",
                     "a frame must have at least 64 x 64 photosites"}};
    }
    auto const area = static_cast<std::size_t>(frame.shape.area());
    if (frame.value.size() != area || frame.variance.size() != area || frame.mask.size() != area) {
        throw Error{ErrorKind::shape,
                    {"les valeurs, les variances et le masque de l’image ne correspondent pas à sa "
                     "hauteur et à sa largeur",
                     "values, variances and mask of the frame do not fit its height and width"}};
    }
    if (settings.colour) {
        check_colour(*settings.colour);
    }
}

} // namespace cmq::detect
