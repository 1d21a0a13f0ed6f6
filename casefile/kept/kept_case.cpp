// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/kept/kept_case.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace cmq::casefile {
namespace {

// The kinds of cells, as the alternatives of Column::cells are counted.
constexpr std::uint64_t number_cells = 0;
constexpr std::uint64_t whole_cells = 1;
constexpr std::uint64_t text_cells = 2;

constexpr std::size_t number_bytes = 8;

class Sink {
public:
    void put(std::uint64_t value) {
        for (unsigned i = 0; i < 8; ++i) {
            bytes_.push_back(static_cast<std::byte>(value >> 8U * i & 0xffU));
        }
    }

    void put(std::string_view text) {
        put(std::uint64_t{text.size()});
        auto const bytes = std::as_bytes(std::span{text});
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    }

    void put(std::vector<std::uint8_t> const& data) {
        put(std::uint64_t{data.size()});
        auto const bytes = std::as_bytes(std::span{data});
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    }

    void put(Table const& table) {
        put(std::uint64_t{table.columns().size()});
        for (Column const& column : table.columns()) {
            put(column.name);
            put(column.unit);
            put(column.meaning);
            put(std::uint64_t{column.cells.index()});
            put(std::uint64_t{column.size()});
            std::visit([this](auto const& cells) { put_cells(cells); }, column.cells);
        }
    }

    [[nodiscard]] std::vector<std::byte> take() { return std::move(bytes_); }

private:
    void put_cells(std::vector<double> const& cells) {
        for (double const cell : cells) {
            put(std::bit_cast<std::uint64_t>(cell));
        }
    }

    void put_cells(std::vector<std::int64_t> const& cells) {
        for (std::int64_t const cell : cells) {
            put(static_cast<std::uint64_t>(cell));
        }
    }

    void put_cells(std::vector<std::string> const& cells) {
        for (std::string const& cell : cells) {
            put(cell);
        }
    }

    std::vector<std::byte> bytes_;
};

template <class... Texts>
[[noreturn]] void refuse(Form<sizeof...(Texts)> why, Texts const&... texts) {
    throw Error{ErrorKind::format,
                {"le contenu du fichier de résultats est défectueux : {}",
                 "the case file's content is broken: {}"},
                Sentence{why, texts...}};
}

class Source {
public:
    explicit Source(std::span<std::byte const> bytes) : rest_{bytes} {}

    [[nodiscard]] bool is_empty() const { return rest_.empty(); }

    std::uint64_t number() {
        if (rest_.size() < 8) {
            refuse({"il finit trop tôt", "it ends too early"});
        }
        std::uint64_t value = 0;
        for (unsigned i = 0; i < 8; ++i) {
            value |= std::to_integer<std::uint64_t>(rest_[i]) << 8U * i;
        }
        rest_ = rest_.subspan(8);
        return value;
    }

    /// A number of things that take at least that many bytes each.
    std::size_t count(std::size_t least_bytes) {
        std::uint64_t const n = number();
        if (n > rest_.size() / least_bytes) {
            refuse({"une liste est plus longue que le fichier", "a list is longer than the file"});
        }
        return static_cast<std::size_t>(n);
    }

    std::span<std::byte const> block() {
        std::size_t const n = count(1);
        auto const taken = rest_.first(n);
        rest_ = rest_.subspan(n);
        return taken;
    }

    std::string text() {
        auto const taken = block();
        return {reinterpret_cast<char const*>(taken.data()), taken.size()};
    }

    Table table() {
        Table table;
        std::size_t const columns = count(5 * number_bytes);
        for (std::size_t c = 0; c < columns; ++c) {
            Column column;
            column.name = text();
            column.unit = text();
            column.meaning = text();
            std::uint64_t const kind = number();
            std::size_t const rows = count(8);
            if (kind == number_cells) {
                column.cells = numbers(rows);
            } else if (kind == whole_cells) {
                column.cells = wholes(rows);
            } else if (kind == text_cells) {
                column.cells = texts(rows);
            } else {
                refuse(
                    {"la colonne « {} » est d’un type inconnu", "column '{}' is of no known kind"},
                    column.name);
            }
            table.add(std::move(column));
        }
        return table;
    }

private:
    std::vector<double> numbers(std::size_t rows) {
        std::vector<double> cells(rows);
        for (double& cell : cells) {
            cell = std::bit_cast<double>(number());
        }
        return cells;
    }

    std::vector<std::int64_t> wholes(std::size_t rows) {
        std::vector<std::int64_t> cells(rows);
        for (std::int64_t& cell : cells) {
            cell = static_cast<std::int64_t>(number());
        }
        return cells;
    }

    std::vector<std::string> texts(std::size_t rows) {
        std::vector<std::string> cells(rows);
        for (std::string& cell : cells) {
            cell = text();
        }
        return cells;
    }

    std::span<std::byte const> rest_;
};

template <class Entry>
auto const& find(std::vector<Entry> const& entries, std::string_view name, Words what) {
    auto const found = std::ranges::find(entries, name, &Entry::name);
    if (found == entries.end()) {
        refuse({"il n’a pas de {} « {} »", "it has no {} '{}'"}, Sentence{what}, name);
    }
    return *found;
}

template <class Entry>
void check_names(std::vector<Entry> const& entries) {
    for (std::size_t i = 1; i < entries.size(); ++i) {
        if (std::ranges::find(entries.begin(),
                              entries.begin() + static_cast<std::ptrdiff_t>(i),
                              entries[i].name,
                              &Entry::name) != entries.begin() + static_cast<std::ptrdiff_t>(i)) {
            refuse({"« {} » figure deux fois", "'{}' occurs twice"}, entries[i].name);
        }
    }
}

} // namespace

Table const& table_of(KeptCase const& kept, std::string_view name) {
    return find(kept.tables, name, {"tableau", "table"}).table;
}

KeptPicture const& picture_of(KeptCase const& kept, std::string_view name) {
    return find(kept.pictures, name, {"image", "picture"});
}

std::vector<std::byte> to_bytes(Table const& table) {
    Sink sink;
    sink.put(table);
    return sink.take();
}

std::vector<std::byte> to_bytes(KeptCase const& kept) {
    Sink sink;
    sink.put(kept.case_text);
    sink.put(std::uint64_t{kept.tables.size()});
    for (KeptTable const& entry : kept.tables) {
        sink.put(entry.name);
        sink.put(entry.table);
    }
    sink.put(std::uint64_t{kept.pictures.size()});
    for (KeptPicture const& picture : kept.pictures) {
        sink.put(picture.name);
        sink.put(std::uint64_t{picture.height});
        sink.put(std::uint64_t{picture.width});
        sink.put(picture.rgb);
    }
    return sink.take();
}

KeptCase to_kept_case(std::span<std::byte const> bytes) {
    Source source{bytes};
    KeptCase kept;
    kept.case_text = source.text();
    std::size_t const tables = source.count(2 * number_bytes);
    for (std::size_t i = 0; i < tables; ++i) {
        std::string name = source.text();
        try {
            kept.tables.push_back({std::move(name), source.table()});
        } catch (Error const& error) {
            refuse({"{}", "{}"}, error.sentence()); // a shape error of Table is a broken file here
        }
    }
    std::size_t const pictures = source.count(4 * number_bytes);
    for (std::size_t i = 0; i < pictures; ++i) {
        KeptPicture picture;
        picture.name = source.text();
        std::uint64_t const height = source.number();
        std::uint64_t const width = source.number();
        auto const data = source.block();
        if (height > 65535 || width > 65535 || height * width * 3 != data.size()) {
            refuse({"l’image « {} » n’a pas la taille qu’elle annonce",
                    "picture '{}' has another size than it says"},
                   picture.name);
        }
        picture.height = static_cast<std::uint32_t>(height);
        picture.width = static_cast<std::uint32_t>(width);
        auto const* first = reinterpret_cast<std::uint8_t const*>(data.data());
        picture.rgb.assign(first, first + data.size());
        kept.pictures.push_back(std::move(picture));
    }
    if (!source.is_empty()) {
        refuse({"il reste des octets à la fin", "bytes are left over at its end"});
    }
    check_names(kept.tables);
    check_names(kept.pictures);
    return kept;
}

} // namespace cmq::casefile
