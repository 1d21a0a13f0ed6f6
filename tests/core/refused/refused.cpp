// SPDX-License-Identifier: GPL-3.0-or-later

// Sentences that must not compile, one for each REFUSED_...; without any of them the file compiles. Built by the tests
// languages.compile.* of tests/core/CMakeLists.txt, never into a program.

#include "core/error.hpp"

#include <string>

namespace {

[[maybe_unused]] cmq::Error sentence(std::string const& name) {
    using cmq::Error;
    using enum cmq::ErrorKind;
#if defined(REFUSED_ONE_LANGUAGE)
    return Error{io, {"", "cannot open '{}'"}, name};
#elif defined(REFUSED_PLAIN_TEXT)
    return Error{io, "cannot open " + name};
#elif defined(REFUSED_LOST_BLANK)
    return Error{io, {"impossible d’ouvrir le fichier", "cannot open '{}'"}, name};
#elif defined(REFUSED_NO_TEXT)
    return Error{io, {"impossible d’ouvrir « {} »", "cannot open '{}'"}};
#elif defined(REFUSED_SWAPPED)
    return Error{io, {"the file {} is empty", "le fichier {} est vide"}, name};
#elif defined(REFUSED_STRAIGHT_APOSTROPHE)
    return Error{io, {"impossible d'ouvrir « {} »", "cannot open '{}'"}, name};
#elif defined(REFUSED_WORD)
    return Error{io, {"{} : produit absent", "{}: no marker"}, name};
#else
    return Error{io, {"impossible d’ouvrir « {} »", "cannot open '{}'"}, name};
#endif
}

} // namespace
