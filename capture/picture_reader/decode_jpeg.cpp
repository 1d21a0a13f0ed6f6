// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/picture_reader/decode_pictures.hpp"

#include <algorithm>
#include <cstdio> // jpeglib.h needs it first
#include <jerror.h>
#include <jpeglib.h>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::capture {
namespace {

// Cameras and editors write 1 to 12; each costs a pass over the whole picture.
constexpr int most_scans = 100;

// Where errors go while a picture is decoded.
struct Job {
    jpeg_error_mgr errors{};
    jpeg_progress_mgr progress{};
    PictureAnswer* picture = nullptr; // one of these two
    TagAnswer* tags = nullptr;
};

Job& job_of(j_common_ptr jpeg) {
    return *static_cast<Job*>(jpeg->client_data);
}

[[noreturn]] void end(Job& job, ReaderStatus status, std::string_view form = {}) {
    if (job.picture != nullptr) {
        finish(*job.picture, status, form);
    }
    finish(); // the tags are written; their preview stays unreadable
}

[[noreturn]] void end_by_error(j_common_ptr jpeg) {
    Job& job = job_of(jpeg);
    switch (jpeg->err->msg_code) {
    case JERR_SOF_UNSUPPORTED:
        end(job, ReaderStatus::not_allowed, "JPEG, lossless or arithmetic");
    case JERR_BAD_PRECISION:
        end(job, ReaderStatus::not_allowed, "JPEG of 12 bits");
    case JERR_OUT_OF_MEMORY:
        end(job, ReaderStatus::out_of_memory);
    default:
        end(job, ReaderStatus::damaged);
    }
}

void take_warning(j_common_ptr jpeg, int level) {
    if (level >= 0) {
        return; // traces
    }
    int const code = jpeg->err->msg_code;
    // Said of bytes between segments and of a colour mark: no sample is missing.
    if (code == JWRN_EXTRANEOUS_DATA || code == JWRN_ADOBE_XFORM) {
        if (job_of(jpeg).picture != nullptr) {
            ++job_of(jpeg).picture->warnings;
        }
        return;
    }
    end(job_of(jpeg), ReaderStatus::damaged);
}

void print_nothing(j_common_ptr /*jpeg*/) {}

void watch_scans(j_common_ptr jpeg) {
    auto const* reading = reinterpret_cast<j_decompress_ptr>(jpeg);
    if (reading->is_decompressor != FALSE && reading->input_scan_number > most_scans) {
        end(job_of(jpeg), ReaderStatus::too_many_scans);
    }
}

void open(jpeg_decompress_struct& jpeg, Job& job, Bytes file) {
    jpeg.err = jpeg_std_error(&job.errors);
    job.errors.error_exit = end_by_error;
    job.errors.emit_message = take_warning;
    job.errors.output_message = print_nothing;
    jpeg.client_data = &job;
    jpeg_create_decompress(&jpeg);
    jpeg.client_data = &job;
    job.progress.progress_monitor = watch_scans;
    jpeg.progress = &job.progress;
    jpeg_mem_src(&jpeg, file.data(), file.size());
    static_cast<void>(jpeg_read_header(&jpeg, TRUE));
}

std::string version() {
    constexpr int number = LIBJPEG_TURBO_VERSION_NUMBER; // 2001005 is 2.1.5
    return "libjpeg-turbo " + std::to_string(number / 1'000'000) + '.' +
           std::to_string(number / 1000 % 1000) + '.' + std::to_string(number % 1000);
}

bool is_four_colours(jpeg_decompress_struct const& jpeg) {
    return jpeg.num_components != 1 && jpeg.num_components != 3;
}

} // namespace

void decode_jpeg(Bytes file, ReaderLimits limits, PictureAnswer& answer) {
    jpeg_decompress_struct jpeg{};
    Job job;
    job.picture = &answer;
    open(jpeg, job, file);
    answer.kind = PictureKind::jpeg;
    name_library(answer, version());
    answer.width = jpeg.image_width;
    answer.height = jpeg.image_height;
    answer.bits = answer.stated_bits = 8;
    answer.is_progressive = jpeg.progressive_mode != FALSE ? 1 : 0;
    if (is_four_colours(jpeg)) {
        finish(answer, ReaderStatus::not_allowed, "JPEG of four colours");
    }
    jpeg.out_color_space = jpeg.num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg.dct_method = JDCT_ISLOW;
    answer.channels = jpeg.num_components == 1 ? 1 : 3;
    begin_samples(answer, file.size(), limits);
    static_cast<void>(jpeg_start_decompress(&jpeg));
    std::vector<JSAMPLE> row(std::size_t{jpeg.output_width} *
                             static_cast<std::size_t>(jpeg.output_components));
    std::size_t place = samples_offset;
    while (jpeg.output_scanline < jpeg.output_height) {
        JSAMPLE* rows = row.data();
        if (jpeg_read_scanlines(&jpeg, &rows, 1) != 1) {
            finish(answer, ReaderStatus::damaged);
        }
        put(place, row.data(), row.size());
        place += row.size();
    }
    static_cast<void>(jpeg_finish_decompress(&jpeg));
    answer.bytes_behind = jpeg.src->bytes_in_buffer;
    finish(answer, ReaderStatus::done);
}

void measure_preview(Bytes jpeg_bytes, ReaderLimits limits, TagAnswer& answer) {
    jpeg_decompress_struct jpeg{};
    Job job;
    job.tags = &answer;
    open(jpeg, job, jpeg_bytes);
    if (is_four_colours(jpeg) ||
        std::uint64_t{jpeg.image_width} * jpeg.image_height > limits.pixels) {
        finish();
    }
    answer.preview_width = jpeg.image_width;
    answer.preview_height = jpeg.image_height;
    // The mean of 8 x 8 pixels is the first coefficient of their block: no more is decoded.
    bool const large = std::min(jpeg.image_width, jpeg.image_height) >= 8 * preview_side;
    jpeg.scale_num = 1;
    jpeg.scale_denom = large ? 8 : 1;
    bool const rgb = jpeg.jpeg_color_space == JCS_RGB;
    jpeg.out_color_space = rgb ? JCS_RGB : JCS_GRAYSCALE;
    jpeg.dct_method = JDCT_ISLOW;
    static_cast<void>(jpeg_start_decompress(&jpeg));
    auto const width = std::size_t{jpeg.output_width};
    auto const height = std::size_t{jpeg.output_height};
    if (width < preview_side || height < preview_side) {
        finish();
    }
    std::vector<JSAMPLE> row(width * (rgb ? 3 : 1));
    std::vector<double> sums(answer.preview_means.size());
    std::vector<double> counts(answer.preview_means.size());
    for (std::size_t y = 0; y < height; ++y) {
        JSAMPLE* rows = row.data();
        static_cast<void>(jpeg_read_scanlines(&jpeg, &rows, 1));
        for (std::size_t x = 0; x < width; ++x) {
            std::size_t const cell =
                y * preview_side / height * preview_side + x * preview_side / width;
            sums[cell] += rgb ? row[3 * x + 1] : row[x]; // green stands for luminance
            counts[cell] += 1;
        }
    }
    for (std::size_t i = 0; i < sums.size(); ++i) {
        answer.preview_means[i] = static_cast<float>(sums[i] / counts[i]);
    }
    answer.preview = PreviewState::read;
}

} // namespace cmq::capture
