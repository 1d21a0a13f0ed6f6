// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/picture_reader/tiff_memory.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace cmq::capture {
namespace {

TiffMemory& memory_of(thandle_t handle) {
    return *static_cast<TiffMemory*>(handle);
}

tmsize_t read_memory(thandle_t handle, void* to, tmsize_t count) {
    TiffMemory& memory = memory_of(handle);
    std::size_t const rest = memory.bytes.size() - std::min(memory.place, memory.bytes.size());
    std::size_t const taken =
        std::min(rest, static_cast<std::size_t>(std::max<tmsize_t>(count, 0)));
    if (taken > 0) {
        std::memcpy(to, memory.bytes.data() + memory.place, taken);
    }
    memory.place += taken;
    return static_cast<tmsize_t>(taken);
}

tmsize_t write_memory(thandle_t handle, void* from, tmsize_t count) {
    TiffMemory& memory = memory_of(handle);
    if (!memory.writing || count < 0) {
        return -1;
    }
    std::size_t const end = memory.place + static_cast<std::size_t>(count);
    if (end > memory.written.size()) {
        memory.written.resize(end);
        memory.bytes = memory.written;
    }
    if (count > 0) {
        std::memcpy(memory.written.data() + memory.place, from, static_cast<std::size_t>(count));
    }
    memory.place = end;
    return count;
}

toff_t seek_memory(thandle_t handle, toff_t offset, int whence) {
    TiffMemory& memory = memory_of(handle);
    toff_t const base = whence == SEEK_CUR   ? memory.place
                        : whence == SEEK_END ? memory.bytes.size()
                                             : 0;
    memory.place = static_cast<std::size_t>(base + offset);
    return memory.place;
}

int close_memory(thandle_t /*handle*/) {
    return 0;
}

toff_t memory_size(thandle_t handle) {
    return memory_of(handle).bytes.size();
}

int map_memory(thandle_t /*handle*/, void** /*base*/, toff_t* /*size*/) {
    return 0;
}

void unmap_memory(thandle_t /*handle*/, void* /*base*/, toff_t /*size*/) {}

TIFF* open_tiff(TiffMemory& memory, char const* mode) {
    return TIFFClientOpen("tiff",
                          mode,
                          &memory,
                          read_memory,
                          write_memory,
                          seek_memory,
                          close_memory,
                          memory_size,
                          map_memory,
                          unmap_memory);
}

} // namespace

TIFF* open_tiff_to_read(TiffMemory& memory) {
    memory.writing = false;
    return open_tiff(memory, "rm"); // "m": without mapping
}

TIFF* open_tiff_to_write(TiffMemory& memory) {
    memory.writing = true;
    return open_tiff(memory, "wl"); // "l": "w" alone would take the machine's own order
}

} // namespace cmq::capture
