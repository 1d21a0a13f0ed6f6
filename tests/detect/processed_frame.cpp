// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/detect/processed_frame.hpp"

#include "core/error.hpp"
#include "tests/detect/real_noise.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio> // jpeglib.h needs FILE
#include <cstdlib>
#include <jpeglib.h>

namespace processed {

namespace {

using cmq::Frame;
using cmq::PerPlane;
using cmq::plane_count;

std::size_t index(Frame const& frame, std::ptrdiff_t y, std::ptrdiff_t x) {
    return static_cast<std::size_t>(y * frame.shape.width + x);
}

/// Calls visit(neighbour index, dy, dx) for photosites of the same plane within `reach` steps.
template <class Visit>
void for_each_of_plane(Frame const& frame,
                       std::ptrdiff_t y,
                       std::ptrdiff_t x,
                       std::ptrdiff_t reach,
                       Visit const& visit) {
    for (std::ptrdiff_t dy = -reach; dy <= reach; ++dy) {
        for (std::ptrdiff_t dx = -reach; dx <= reach; ++dx) {
            std::ptrdiff_t const v = y + 2 * dy;
            std::ptrdiff_t const u = x + 2 * dx;
            if (v >= 0 && v < frame.shape.height && u >= 0 && u < frame.shape.width) {
                visit(index(frame, v, u), dy, dx);
            }
        }
    }
}

constexpr std::size_t channels = 3;
constexpr std::array<std::size_t, plane_count> channel_of_plane{0, 1, 1, 2};

double to_curve(double linear) {
    double const v = std::clamp(linear, 0.0, 1.0);
    return v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1.0 / 2.4) - 0.055;
}

double from_curve(double v) {
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

double white_of(Frame const& frame) {
    PerPlane<std::vector<float>> values;
    for (std::ptrdiff_t y = 0; y < frame.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < frame.shape.width; ++x) {
            values[static_cast<std::size_t>(frame.cfa.at(y, x))].push_back(
                frame.value[index(frame, y, x)]);
        }
    }
    double greatest = 1.0;
    for (auto& plane : values) {
        auto const middle = plane.begin() + static_cast<std::ptrdiff_t>(plane.size() / 2);
        std::nth_element(plane.begin(), middle, plane.end());
        greatest = std::max(greatest, static_cast<double>(*middle));
    }
    return 4.0 * greatest;
}

/// Bilinear: each channel is the mean of its nearest photosites within the 3 x 3 around the pixel, weighted 4 2 1.
std::vector<std::uint8_t> to_samples(Frame const& frame, double white) {
    std::vector<std::uint8_t> samples(frame.value.size() * channels);
    for (std::ptrdiff_t y = 0; y < frame.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < frame.shape.width; ++x) {
            std::array<double, channels> sum{};
            std::array<double, channels> weight{};
            for (std::ptrdiff_t v = std::max<std::ptrdiff_t>(y - 1, 0);
                 v <= std::min(y + 1, frame.shape.height - 1);
                 ++v) {
                for (std::ptrdiff_t u = std::max<std::ptrdiff_t>(x - 1, 0);
                     u <= std::min(x + 1, frame.shape.width - 1);
                     ++u) {
                    auto const c = channel_of_plane[static_cast<std::size_t>(frame.cfa.at(v, u))];
                    double const w = (v == y ? 2.0 : 1.0) * (u == x ? 2.0 : 1.0);
                    sum[c] += w * static_cast<double>(frame.value[index(frame, v, u)]);
                    weight[c] += w;
                }
            }
            auto const own = channel_of_plane[static_cast<std::size_t>(frame.cfa.at(y, x))];
            sum[own] = static_cast<double>(frame.value[index(frame, y, x)]);
            weight[own] = 1.0;
            for (std::size_t c = 0; c < channels; ++c) {
                samples[index(frame, y, x) * channels + c] = static_cast<std::uint8_t>(
                    std::lround(255.0 * to_curve(sum[c] / weight[c] / white)));
            }
        }
    }
    return samples;
}

/// Through libjpeg and back, in place.
void round_trip(std::vector<std::uint8_t>& samples, cmq::Shape shape, JpegForm const& form) {
    auto const row_bytes = static_cast<std::size_t>(shape.width) * channels;
    jpeg_error_mgr errors{};
    jpeg_compress_struct writer{};
    writer.err = jpeg_std_error(&errors);
    jpeg_create_compress(&writer);
    unsigned char* bytes = nullptr;
    unsigned long size = 0; // NOLINT(google-runtime-int): libjpeg's own
    jpeg_mem_dest(&writer, &bytes, &size);
    writer.image_width = static_cast<JDIMENSION>(shape.width);
    writer.image_height = static_cast<JDIMENSION>(shape.height);
    writer.input_components = channels;
    writer.in_color_space = JCS_RGB;
    jpeg_set_defaults(&writer);
    jpeg_set_quality(&writer, form.quality, TRUE);
    writer.comp_info[0].h_samp_factor = form.half_colour ? 2 : 1;
    writer.comp_info[0].v_samp_factor = form.half_colour ? 2 : 1;
    jpeg_start_compress(&writer, TRUE);
    while (writer.next_scanline < writer.image_height) {
        JSAMPROW row = samples.data() + writer.next_scanline * row_bytes;
        jpeg_write_scanlines(&writer, &row, 1);
    }
    jpeg_finish_compress(&writer);
    jpeg_destroy_compress(&writer);

    jpeg_decompress_struct reader{};
    reader.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&reader);
    jpeg_mem_src(&reader, bytes, size);
    jpeg_read_header(&reader, TRUE);
    jpeg_start_decompress(&reader);
    while (reader.output_scanline < reader.output_height) {
        JSAMPROW row = samples.data() + reader.output_scanline * row_bytes;
        jpeg_read_scanlines(&reader, &row, 1);
    }
    jpeg_finish_decompress(&reader);
    jpeg_destroy_decompress(&reader);
    std::free(bytes); // NOLINT(cppcoreguidelines-no-malloc): jpeg_mem_dest takes it from malloc
}

} // namespace

Frame to_denoised_frame(Frame const& frame, Denoising const& form) {
    CMQ_EXPECTS(form.blur_sd > 0.0 && form.edge_sigmas >= 0.0);
    Frame denoised = frame;
    auto const reach = static_cast<std::ptrdiff_t>(std::ceil(3.0 * form.blur_sd));
    for (std::ptrdiff_t y = 0; y < frame.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < frame.shape.width; ++x) {
            std::size_t const at = index(frame, y, x);
            if (frame.mask[at] != 0) {
                continue;
            }
            auto const own = static_cast<double>(frame.value[at]);
            double const far =
                form.edge_sigmas * std::sqrt(static_cast<double>(frame.variance[at]));
            double sum = 0.0;
            double weight = 0.0;
            for_each_of_plane(
                frame, y, x, reach, [&](std::size_t i, std::ptrdiff_t dy, std::ptrdiff_t dx) {
                    auto const value = static_cast<double>(frame.value[i]);
                    if (frame.mask[i] != 0 ||
                        (form.edge_sigmas > 0.0 && std::abs(value - own) > far)) {
                        return;
                    }
                    double const w = std::exp(-0.5 * static_cast<double>(dy * dy + dx * dx) /
                                              (form.blur_sd * form.blur_sd));
                    sum += w * value;
                    weight += w;
                });
            denoised.value[at] = static_cast<float>(std::floor(sum / weight + 0.5));
        }
    }
    real_noise::estimate_own_noise(denoised);
    return denoised;
}

Frame to_jpeg_frame(Frame const& frame, JpegForm const& form) {
    double const white = form.white_dn > 0.0 ? form.white_dn : white_of(frame);
    auto samples = to_samples(frame, white);
    round_trip(samples, frame.shape, form);
    Frame screened = frame;
    screened.saturation_dn.fill(white);
    for (std::ptrdiff_t y = 0; y < frame.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < frame.shape.width; ++x) {
            std::size_t const at = index(frame, y, x);
            auto const c = channel_of_plane[static_cast<std::size_t>(frame.cfa.at(y, x))];
            std::uint8_t const sample = samples[at * channels + c];
            screened.value[at] =
                static_cast<float>(white * from_curve(static_cast<double>(sample) / 255.0));
            if (sample == 255) {
                screened.mask[at] |= cmq::mask_bit::saturated;
            }
        }
    }
    real_noise::estimate_own_noise(screened);
    return screened;
}

} // namespace processed
