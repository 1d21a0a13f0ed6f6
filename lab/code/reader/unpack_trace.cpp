// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/reader/unpack_trace.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <io_lib/Read.h>
#include <io_lib/mFILE.h>
#include <limits>
#include <string>

namespace cmq::lab {
namespace {

template <class T>
void add_numbers(std::string& text, char const* word, T const* values, int count) {
    text += word;
    for (int i = 0; values != nullptr && i < count; ++i) {
        text += ' ' + std::to_string(values[i]);
    }
    text += '\n';
}

/// The comment NAME=... or MACH=... of a trace.
std::string comment(char const* info, char const* key) {
    char const* at = info == nullptr ? nullptr : std::strstr(info, key);
    if (at == nullptr) {
        return "";
    }
    at += std::strlen(key);
    return std::string{at, std::strcspn(at, "\r\n")}.substr(0, 200);
}

void add_qualities(std::string& text, Read const& read) {
    text += "qualities";
    for (int i = 0; i < read.NBases; ++i) {
        char const* of = nullptr;
        switch (read.base[i]) {
        case 'A':
        case 'a':
            of = read.prob_A;
            break;
        case 'C':
        case 'c':
            of = read.prob_C;
            break;
        case 'G':
        case 'g':
            of = read.prob_G;
            break;
        case 'T':
        case 't':
            of = read.prob_T;
            break;
        default:
            break;
        }
        int const quality = of == nullptr ? 0 : static_cast<unsigned char>(of[i]);
        text += ' ' + std::to_string(quality);
    }
    text += '\n';
}

} // namespace

ReaderStatus unpack_trace(std::span<char> bytes, TextSink const& sink) {
    if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
        return ReaderStatus::broken;
    }
    std::string_view const head{bytes.data(), std::min<std::size_t>(bytes.size(), 4)};
    bool const is_scf = head == ".scf";
    if (!is_scf && head != "\xaeZTR") {
        return ReaderStatus::broken; // io_lib would try a dozen formats
    }
    mFILE* const file = mfcreate(bytes.data(), static_cast<int>(bytes.size()));
    if (file == nullptr) {
        return ReaderStatus::broken;
    }
    char name[] = "trace"; // NOLINT(modernize-avoid-c-arrays): io_lib asks for one
    // What was read is left to the end of the process.
    Read const* const read = mfread_reading(file, name, is_scf ? TT_SCF : TT_ZTR);
    if (read == nullptr || read->NBases <= 0 || read->base == nullptr) {
        return ReaderStatus::broken;
    }
    std::string text = "name " + comment(read->info, "NAME=") + "\nmachine " +
                       comment(read->info, "MACH=") + "\nbases ";
    text.append(read->base, static_cast<std::size_t>(read->NBases));
    text += '\n';
    add_qualities(text, *read);
    add_numbers(text, "positions", read->basePos, read->NBases);
    add_numbers(text, "A", read->traceA, read->NPoints);
    add_numbers(text, "C", read->traceC, read->NPoints);
    add_numbers(text, "G", read->traceG, read->NPoints);
    add_numbers(text, "T", read->traceT, read->NPoints);
    return sink(text) ? ReaderStatus::done : ReaderStatus::broken;
}

} // namespace cmq::lab
