// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/make_renderer.hpp"

#ifdef CMQ_HAS_RENDER
#include "render/renderer.hpp"
#endif

namespace cmq::cli {

#ifdef CMQ_HAS_RENDER

bool can_render() noexcept {
    return true;
}

report::Renderer make_renderer() {
    return render::make_renderer();
}

#else

bool can_render() noexcept {
    return false;
}

report::Renderer make_renderer() {
    return {};
}

#endif

} // namespace cmq::cli
