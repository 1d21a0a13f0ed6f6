// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the programs that time captures share: inputs, processor time, memory.

#pragma once

#include "capture/write_dng.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace cmq::benchmarks {

/// One simulated frame of woven cloth, 14 bits, repeated over height x width photosites: the simulator is slower than
/// what is timed. Sides are even.
[[nodiscard]] std::vector<std::uint16_t> make_mosaic(Shape shape);

/// The same as a camera file in memory.
[[nodiscard]] std::vector<std::byte> make_camera_file(Shape shape,
                                                      capture::DngCompression compression);

/// The bytes of a file, or those of "simulated:MEGAPIXELS:none" and "simulated:MEGAPIXELS:lossless-jpeg".
/// \throws Error io, limits  as read_file; usage  another text after "simulated:"
[[nodiscard]] std::vector<std::byte> read_or_simulate(std::string const& name);

/// User and system time of this process and its ended children, to which the decoder program belongs:
/// unlike real time, not that of others on the machine.
[[nodiscard]] double processor_time_s();

/// By how much the memory in use (resident, shared with a child or not) rises above its start while work runs.
[[nodiscard]] double peak_growth_bytes(std::function<void()> const& work);

} // namespace cmq::benchmarks
