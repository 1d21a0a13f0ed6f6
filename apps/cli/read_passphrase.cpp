// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/read_passphrase.hpp"

#include "apps/cli/options.hpp"
#include "apps/cli/speaker.hpp"
#include "core/error.hpp"
#include "system/descriptor.hpp"
#include "system/file.hpp"

#include <boost/program_options/value_semantic.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <termios.h>
#include <unistd.h>

namespace cmq::cli {

namespace po = boost::program_options;

namespace {

constexpr std::size_t longest = 1000;
constexpr char interrupt = '\x03';    // Ctrl-C
constexpr char end_of_input = '\x04'; // Ctrl-D
constexpr char remove_line = '\x15';  // Ctrl-U

/// Echo, signals and lines of a terminal off, until it goes: Ctrl-C must not leave the terminal without an echo.
class SilentTerminal {
public:
    explicit SilentTerminal(int terminal) : terminal_{terminal} {
        if (::tcgetattr(terminal, &before_) != 0) {
            throw Error{
                ErrorKind::usage,
                {"aucun terminal où demander la phrase secrète ; la donner par --passphrase-file",
                 "no terminal to ask for the passphrase at; give it with --passphrase-file"}};
        }
        termios silent = before_;
        // Byte by byte: in whole lines Ctrl-C without its signal would wait for the end of the line.
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG | ICANON);
        silent.c_cc[VMIN] = 1;
        silent.c_cc[VTIME] = 0;
        ::tcsetattr(terminal, TCSAFLUSH, &silent);
    }

    SilentTerminal(SilentTerminal const&) = delete;
    SilentTerminal& operator=(SilentTerminal const&) = delete;
    SilentTerminal(SilentTerminal&&) = delete;
    SilentTerminal& operator=(SilentTerminal&&) = delete;

    ~SilentTerminal() { ::tcsetattr(terminal_, TCSAFLUSH, &before_); }

private:
    int terminal_;
    termios before_{};
};

void say_at(int terminal, std::string_view text) {
    while (!text.empty()) {
        auto const count = ::write(terminal, text.data(), text.size());
        if (count < 0 && errno != EINTR) {
            return;
        }
        text.remove_prefix(static_cast<std::size_t>(std::max<decltype(count)>(count, 0)));
    }
}

[[noreturn]] void refuse(std::string& line, Words why) {
    wipe(line);
    throw Error{ErrorKind::usage, why};
}

void check_not_empty(Passphrase const& passphrase) {
    if (passphrase.text().empty()) {
        throw Error{ErrorKind::usage, {"la phrase secrète est vide", "the passphrase is empty"}};
    }
}

void remove_last_character(std::string& line) {
    while (!line.empty()) {
        bool const is_inside = (static_cast<unsigned char>(line.back()) & 0xc0U) == 0x80U;
        line.back() = '\0';
        line.pop_back();
        if (!is_inside) {
            return;
        }
    }
}

Passphrase from_file(std::string const& file) {
    std::string text = read_text(file, longest + 2);
    std::size_t const end = std::min(text.find('\n'), text.size());
    std::string line;
    line.reserve(longest + 2); // so that no copy stays behind where it grew
    line.assign(text, 0, end);
    wipe(text);
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    return Passphrase{line};
}

} // namespace

Passphrase read_hidden_line(int terminal, std::string_view prompt) {
    SilentTerminal const silent{terminal};
    say_at(terminal, prompt);
    std::string line;
    line.reserve(longest + 2);
    for (;;) {
        char c = 0;
        auto const count = ::read(terminal, &c, 1);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0 || c == interrupt || c == end_of_input) {
            say_at(terminal, "\n");
            refuse(line, {"pas de phrase secrète : arrêt", "no passphrase: stopped"});
        }
        if (c == '\n' || c == '\r') {
            break;
        }
        if (c == '\x7f' || c == '\b') {
            remove_last_character(line);
            continue;
        }
        if (c == remove_line) {
            wipe(line);
            continue;
        }
        if (line.size() >= longest) {
            refuse(line, {"phrase secrète trop longue", "the passphrase is too long"});
        }
        line += c;
    }
    say_at(terminal, "\n");
    return Passphrase{line};
}

Passphrase ask_passphrase(std::optional<std::string> const& file, bool is_new, Language language) {
    if (file) {
        Passphrase passphrase = from_file(*file);
        check_not_empty(passphrase);
        return passphrase;
    }
    Speaker const say{language};
    Descriptor const terminal{::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)};
    Passphrase passphrase =
        read_hidden_line(terminal.number(), say({"Phrase secrète : ", "Passphrase: "}));
    check_not_empty(passphrase);
    if (is_new) {
        Passphrase const again =
            read_hidden_line(terminal.number(), say({"La même, encore : ", "The same again: "}));
        if (!(again == passphrase)) {
            throw Error{ErrorKind::usage,
                        {"les deux phrases secrètes diffèrent ; rien n’a été fait",
                         "the two passphrases differ; nothing was done"}};
        }
    }
    return passphrase;
}

void add_passphrase_option(OptionAdder const& add, Speaker const& say) {
    add("passphrase-file",
        po::value<std::string>()->value_name(say({"FICHIER", "FILE"})),
        {"y lire la phrase secrète (première ligne)", "read the passphrase there (first line)"});
}

std::optional<std::string> passphrase_file(po::variables_map const& values) {
    return values.count("passphrase-file") > 0
               ? std::optional{values["passphrase-file"].as<std::string>()}
               : std::nullopt;
}

void expect_any_file(std::vector<std::string> const& files) {
    bool const any = std::ranges::any_of(files, [](std::string const& file) {
        std::error_code unreadable;
        return std::filesystem::exists(file, unreadable);
    });
    if (!any) {
        throw Error{ErrorKind::io,
                    {"aucun fichier de ce nom : {}", "no file of that name: {}"},
                    files.front()};
    }
}

} // namespace cmq::cli
