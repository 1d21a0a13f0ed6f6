// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/reader/unpack_reads.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <htslib/bgzf.h>
#include <htslib/hfile.h>
#include <htslib/hts_log.h>
#include <htslib/sam.h>
#include <memory>
#include <string>

namespace cmq::lab {
namespace {

constexpr std::size_t piece_bytes = std::size_t{1} << 18U;

struct Close {
    void operator()(BGZF* file) const { static_cast<void>(bgzf_close(file)); }

    void operator()(sam_hdr_t* header) const { sam_hdr_destroy(header); }

    void operator()(bam1_t* record) const { bam_destroy1(record); }
};

template <class T>
using Handle = std::unique_ptr<T, Close>;

constexpr std::string_view bam_magic{"BAM\1", 4};

ReaderStatus unpack_text(BGZF& file, std::string_view head, TextSink const& sink) {
    if (!sink(head)) {
        return ReaderStatus::broken;
    }
    std::string piece(piece_bytes, '\0');
    while (true) {
        ssize_t const got = bgzf_read(&file, piece.data(), piece.size());
        if (got < 0 || file.errcode != 0) {
            return ReaderStatus::broken;
        }
        if (got == 0) {
            return ReaderStatus::done;
        }
        if (!sink({piece.data(), static_cast<std::size_t>(got)})) {
            return ReaderStatus::broken;
        }
    }
}

/// A record as four lines, turned back into the direction in which it was read. False where it lacks qualities.
bool add_record(bam1_t const& record, std::string& text) {
    auto const size = static_cast<std::size_t>(record.core.l_qseq);
    std::uint8_t const* const bases = bam_get_seq(&record);
    std::uint8_t const* const qualities = bam_get_qual(&record);
    if (size > 0 && qualities[0] == 0xffU) {
        return false;
    }
    text += '@';
    text += bam_get_qname(&record);
    text += '\n';
    std::size_t const first = text.size();
    bool const is_turned = (record.core.flag & BAM_FREVERSE) != 0;
    for (std::size_t i = 0; i < size; ++i) {
        char const base = seq_nt16_str[bam_seqi(bases, i)];
        if (is_turned) {
            auto const at = std::string_view{"ACGT"}.find(base);
            text += at == std::string_view::npos ? 'N' : "TGCA"[at];
        } else {
            text += base;
        }
    }
    auto const turn = [&](std::size_t from) {
        if (is_turned) {
            std::reverse(text.begin() + static_cast<std::ptrdiff_t>(from), text.end());
        }
    };
    turn(first);
    text += "\n+\n";
    std::size_t const second = text.size();
    for (std::size_t i = 0; i < size; ++i) {
        text += static_cast<char>('!' + std::min<int>(qualities[i], 93));
    }
    turn(second);
    text += '\n';
    return true;
}

ReaderStatus unpack_bam(BGZF& file, TextSink const& sink) {
    if (bgzf_seek(&file, 0, SEEK_SET) != 0) {
        return ReaderStatus::broken;
    }
    Handle<sam_hdr_t> const header{bam_hdr_read(&file)};
    Handle<bam1_t> const record{bam_init1()};
    if (!header || !record) {
        return ReaderStatus::broken;
    }
    std::string text;
    while (true) {
        int const got = bam_read1(&file, record.get());
        if (got < -1) {
            return ReaderStatus::broken;
        }
        bool const is_end = got == -1;
        bool const is_primary =
            !is_end && (record->core.flag & (BAM_FSECONDARY | BAM_FSUPPLEMENTARY)) == 0;
        if (is_primary && !add_record(*record, text)) {
            return ReaderStatus::no_qualities;
        }
        if (text.size() >= piece_bytes || is_end) {
            if (!sink(text)) {
                return ReaderStatus::broken;
            }
            text.clear();
        }
        if (is_end) {
            return ReaderStatus::done;
        }
    }
}

} // namespace

ReaderStatus unpack_reads(int descriptor, TextSink const& sink) {
    hts_set_log_level(HTS_LOG_OFF);
    Handle<BGZF> const file{bgzf_hopen(hdopen(descriptor, "r"), "r")};
    // What is too short for a head htslib would hand over as it is.
    if (!file || file->is_compressed == 0) {
        return ReaderStatus::broken;
    }
    std::array<char, bam_magic.size()> head{};
    ssize_t const got = bgzf_read(file.get(), head.data(), head.size());
    if (got <= 0 || file->errcode != 0) {
        return ReaderStatus::broken; // a head without content is cut short
    }
    std::string_view const begin{head.data(), static_cast<std::size_t>(got)};
    return begin == bam_magic ? unpack_bam(*file, sink) : unpack_text(*file, begin, sink);
}

} // namespace cmq::lab
