// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/reader/unpack_abif.hpp"

#include "core/error.hpp"
#include "lab/code/abif.hpp"

namespace cmq::lab {

ReaderStatus unpack_abif(std::span<char const> bytes, TextSink const& sink) {
    try {
        return sink(flat_abif(Abif{std::as_bytes(bytes)})) ? ReaderStatus::done
                                                           : ReaderStatus::broken;
    } catch (Error const&) {
        return ReaderStatus::broken;
    }
}

} // namespace cmq::lab
