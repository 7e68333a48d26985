@preconcurrency internal import Glibc

/// A shell's script that is run for so long at most, by `timeout` of the GNU core utilities.
struct TimedProcess {
  /// How a script ended.
  enum End: Hashable, CustomStringConvertible {
    case exited(Int32)
    case signal(Int32)
    case timedOut

    var description: String {
      switch self {
      case .exited(let code) where code > 128 && code < 128 + 65:
        // A shell tells of a signal by such a code.
        "exit code \(code) (as of signal \(code - 128), \(Self.name(code - 128)))"
      case .exited(let code): "exit code \(code)"
      case .signal(let signal): "signal \(signal) (\(Self.name(signal)))"
      case .timedOut: "its time was up"
      }
    }

    private static func name(_ signal: Int32) -> String {
      strsignal(signal).map { String(cString: $0) } ?? "unknown"
    }
  }

  let script: String
  let secondsLimit: Int

  /// Runs the script in a process group of its own, with what it prints written to the file `log`, and kills
  /// what is left of the group.
  func run(log: String) throws(TilerCommandError) -> End {
    let start = ContinuousClock.now
    let process = try spawn(log: log)
    var information = siginfo_t()
    while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) != 0 {
      guard errno == EINTR else { throw .process(code: errno) }
    }
    // Its number stays taken until it is waited for below, so that the group is no other one.
    kill(-process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) != process {
      guard errno == EINTR else { throw .process(code: errno) }
    }
    // `timeout` ends with 124, or is killed with the rest a second later; a script may end so by itself.
    let signal = status & 0x7f
    let code = status >> 8 & 0xff
    let isStopped = signal == SIGKILL || signal == 0 && (code == 124 || code == 128 + SIGKILL)
    if isStopped, ContinuousClock.now - start >= .seconds(secondsLimit) { return .timedOut }
    return signal == 0 ? .exited(code) : .signal(signal)
  }

  private func spawn(log: String) throws(TilerCommandError) -> pid_t {
    var files = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    var mask = sigset_t()
    var defaults = sigset_t()
    posix_spawn_file_actions_init(&files)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&files)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(
      &files, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO)
    sigemptyset(&mask)
    sigfillset(&defaults)
    posix_spawnattr_setsigmask(&attributes, &mask)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let words = ["timeout", "-k", "1", "\(secondsLimit)", "sh", "-c", script]
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, "timeout", &files, &attributes, &arguments, environ)
    guard code == 0 else { throw .process(code: code) }
    return process
  }
}
