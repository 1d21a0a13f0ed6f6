// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/limited_child.hpp"

#include "core/error.hpp"
#include "system/descriptor.hpp"
#include "system/system_message.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cmq {
namespace {

constexpr int exec_failed = 127;

template <class... Texts>
[[noreturn]] void refuse(Form<sizeof...(Texts)> what, Texts const&... texts) {
    Sentence const why = system_message(errno);
    throw Error{ErrorKind::io, {"{} : {}", "{}: {}"}, Sentence{what, texts...}, why};
}

// Kills and reaps the child on every way out on which nobody has waited for it.
class Child {
public:
    explicit Child(pid_t pid) noexcept : pid_{pid} {}

    Child(Child const&) = delete;
    Child& operator=(Child const&) = delete;
    Child(Child&&) = delete;
    Child& operator=(Child&&) = delete;

    ~Child() {
        if (pid_ > 0) {
            kill();
            (void)wait();
        }
    }

    void kill() const noexcept { (void)::kill(pid_, SIGKILL); }

    [[nodiscard]] int wait() noexcept {
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
        return status;
    }

private:
    pid_t pid_;
};

int make_memory_file(char const* name) {
    int const number = ::memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (number < 0) {
        refuse({"impossible de créer un fichier en mémoire", "cannot make a memory file"});
    }
    return number;
}

void fill(int file, std::span<std::byte const> bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        auto const count = ::write(file, bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            refuse({"impossible de remplir un fichier en mémoire", "cannot fill a memory file"});
        }
        done += static_cast<std::size_t>(count);
    }
    if (::fcntl(file, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0 ||
        ::lseek(file, 0, SEEK_SET) != 0) {
        refuse({"impossible de verrouiller un fichier en mémoire", "cannot seal a memory file"});
    }
}

bool set_limit(__rlimit_resource resource, rlim_t soft, rlim_t hard) noexcept {
    rlimit const limit{soft, hard};
    return ::setrlimit(resource, &limit) == 0;
}

// Everything here runs between vfork and exec, on the memory of the parent, whose calling thread waits: system calls
// alone, nothing kept.
[[noreturn]] void become(char const* program,
                         char* const* arguments,
                         int input,
                         int output,
                         ChildLimits const& limits) noexcept {
    static std::array<char const*, 4> const environment{
        "TZ=UTC0", "LC_ALL=C", "OMP_NUM_THREADS=1", nullptr};
    // High numbers first: the wanted ones may be in use by input and output themselves.
    int const high_input = ::fcntl(input, F_DUPFD, 100);
    int const high_output = ::fcntl(output, F_DUPFD, 100);
    int const null = ::open("/dev/null", O_RDWR);
    auto const cpu = static_cast<rlim_t>(limits.cpu.count());
    bool const ready = high_input >= 0 && high_output >= 0 && null >= 0 && ::dup2(null, 0) == 0 &&
                       ::dup2(null, 1) == 1 && ::dup2(null, 2) == 2 &&
                       ::dup2(high_input, child_input_descriptor) == child_input_descriptor &&
                       ::dup2(high_output, child_output_descriptor) == child_output_descriptor &&
                       ::close_range(child_output_descriptor + 1, ~0U, 0) == 0 &&
                       ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
                       ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                       set_limit(RLIMIT_CORE, 0, 0) && set_limit(RLIMIT_CPU, cpu, cpu + 1) &&
                       set_limit(RLIMIT_FSIZE, limits.output_bytes, limits.output_bytes) &&
                       set_limit(RLIMIT_AS, limits.address_space_bytes, limits.address_space_bytes);
    if (ready) {
        // execve takes pointers to non-const by an old convention and changes nothing.
        ::execve(program, arguments, const_cast<char* const*>(environment.data()));
    }
    ::_exit(exec_failed);
}

// False when the time was over first.
bool ends_in_time(pid_t pid, std::chrono::seconds wall) {
    // By number: glibc 2.36 declares pidfd_open() for C only.
    Descriptor const process{static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))};
    Descriptor const timer{::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC)};
    if (process.number() < 0 || timer.number() < 0) {
        refuse({"impossible de surveiller un processus auxiliaire",
                "cannot watch over a child process"});
    }
    itimerspec time{};
    time.it_value.tv_sec = static_cast<time_t>(wall.count());
    if (::timerfd_settime(timer.number(), 0, &time, nullptr) != 0) {
        refuse({"impossible de limiter la durée d’un processus auxiliaire", "cannot set a timer"});
    }
    std::array<pollfd, 2> watched{{{process.number(), POLLIN, 0}, {timer.number(), POLLIN, 0}}};
    while (::poll(watched.data(), watched.size(), -1) < 0) {
        if (errno != EINTR) {
            refuse({"impossible d’attendre la fin d’un processus auxiliaire",
                    "cannot wait for a child process"});
        }
    }
    return (watched[0].revents & POLLIN) != 0;
}

ChildOutput map_output(int file) {
    struct stat facts {};

    if (::fcntl(file, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0 ||
        ::fstat(file, &facts) != 0) {
        refuse({"impossible de verrouiller ce qu’un processus auxiliaire a écrit",
                "cannot seal what a child process wrote"});
    }
    auto const size = static_cast<std::size_t>(facts.st_size);
    if (size == 0) {
        return {};
    }
    void* const address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (address == MAP_FAILED) {
        refuse({"impossible de lire ce qu’un processus auxiliaire a écrit",
                "cannot map what a child process wrote"});
    }
    return ChildOutput{{static_cast<std::byte const*>(address), size}};
}

} // namespace

ChildOutput::~ChildOutput() {
    if (!mapping_.empty()) {
        ::munmap(const_cast<std::byte*>(mapping_.data()), mapping_.size());
    }
}

ChildResult run_limited_child(std::filesystem::path const& program,
                              std::vector<std::string> const& arguments,
                              std::span<std::byte const> input,
                              ChildLimits const& limits) {
    // Told apart from a program that fails later: a wrong path is the user's to mend.
    if (::access(program.c_str(), X_OK) != 0) {
        refuse({"impossible de lancer le programme « {} »", "cannot start the program '{}'"},
               program.string());
    }
    Descriptor const in{make_memory_file("contremarque-in")};
    Descriptor const out{make_memory_file("contremarque-out")};
    fill(in.number(), input);

    std::string name = program.string();
    std::vector<std::string> words{arguments};
    std::vector<char*> argv{name.data()};
    for (std::string& word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);

    // Not fork: that would copy the page tables, and each page of this process would be taken into use once more when it is
    // next written to (measured: 6 ns a photosite; docs/studies/capture_speed.md).
    pid_t const pid = ::vfork();
    if (pid < 0) {
        refuse({"impossible de lancer un processus auxiliaire", "cannot start a child process"});
    }
    if (pid == 0) {
        become(name.c_str(), argv.data(), in.number(), out.number(), limits);
    }
    Child child{pid};
    bool const in_time = ends_in_time(pid, limits.wall);
    if (!in_time) {
        child.kill();
    }
    int const status = child.wait();

    ChildResult result;
    if (WIFEXITED(status)) {
        result.code = WEXITSTATUS(status);
        if (result.code == exec_failed) {
            throw Error{ErrorKind::io,
                        {"impossible d’exécuter le programme « {} » dans ses limites",
                         "cannot run the program '{}' under its limits"},
                        name};
        }
    } else {
        result.code = WTERMSIG(status);
        // SIGKILL is the hard limit of processor time, our own timer, or the kernel short of memory.
        bool const limit =
            !in_time || result.code == SIGXCPU || result.code == SIGXFSZ || result.code == SIGKILL;
        result.end = limit ? ChildEnd::limit : ChildEnd::other_signal;
    }
    result.output = map_output(out.number());
    return result;
}

} // namespace cmq
