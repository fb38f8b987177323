/*
 * Stands between a program and the C library, and makes one system call fail: the FAULT_AT-th FAULT_CALL below the directory
 * FAULT_DIR, counted over all threads. FAULT_LOG gets a line for each such call. Loaded with LD_PRELOAD.
 *
 * FAULT_KIND: an error (EIO, ENOSPC, EINTR, EMFILE), and nothing is done; SHORT, half of the bytes are written, and the caller
 * is told so; TORN, the same, and there is no room for the next write to that file; DELAY; KILL_BEFORE and KILL_AFTER the call.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FILES 4096
#define DELAY_MICROS 300000

enum call { OPENAT, WRITE, FDATASYNC, FSYNC, FTRUNCATE, RENAME, UNLINK, MKDIR, CALLS };
static const char *const names[CALLS] = {"openat", "write", "fdatasync", "fsync", "ftruncate", "rename", "unlink", "mkdir"};

static const char *directory, *kind, *chosen;
static int at, records = -1;
static atomic_int counts[CALLS];
/* By file descriptor: what is open below the directory. */
static char *_Atomic paths[FILES];
/* The file whose next write finds no room. */
static atomic_int torn = -1;

__attribute__((constructor)) static void begin(void) {
  directory = getenv("FAULT_DIR");
  kind = getenv("FAULT_KIND");
  chosen = getenv("FAULT_CALL");
  at = getenv("FAULT_AT") ? atoi(getenv("FAULT_AT")) : 0;
  if (getenv("FAULT_LOG")) {
    records = syscall(SYS_openat, AT_FDCWD, getenv("FAULT_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
}

static int below(const char *path) {
  size_t length = directory ? strlen(directory) : 0;
  return length && path && !strncmp(path, directory, length) && (!path[length] || path[length] == '/');
}

static char *path_of(int file) {
  return file >= 0 && file < FILES ? atomic_load(&paths[file]) : NULL;
}

static void opened(int file, const char *path) {
  if (file >= 0 && file < FILES) {
    /* Never freed: another thread may look at it. Forgotten for others: closedir(3) does not call close(). */
    atomic_store(&paths[file], below(path) ? strdup(path) : NULL);
  }
}

/* The fault that this call is to meet; null for none. */
static const char *fault(enum call call, const char *path) {
  int count = atomic_fetch_add(&counts[call], 1) + 1;
  const char *met = chosen && kind && count == at && !strcmp(chosen, names[call]) ? kind : NULL;
  if (records >= 0) {
    char line[1024];
    int length = snprintf(line, sizeof line, "%s %s %d %s\n", met ? met : "-", names[call], count, path);
    syscall(SYS_write, records, line, length);
  }
  if (met && !strcmp(met, "KILL_BEFORE")) {
    syscall(SYS_kill, getpid(), SIGKILL);
    pause();
  }
  if (met && !strcmp(met, "DELAY")) {
    usleep(DELAY_MICROS);
  }
  return met;
}

/* 1 if the call is not to be made, with errno set. */
static int refused(const char *met) {
  static const struct { const char *name; int number; } errors[] = {
      {"EIO", EIO}, {"ENOSPC", ENOSPC}, {"EINTR", EINTR}, {"EMFILE", EMFILE}};
  for (size_t i = 0; met && i < sizeof errors / sizeof *errors; i++) {
    if (!strcmp(met, errors[i].name)) {
      errno = errors[i].number;
      return 1;
    }
  }
  return 0;
}

static void done(const char *met) {
  if (met && !strcmp(met, "KILL_AFTER")) {
    syscall(SYS_kill, getpid(), SIGKILL);
    pause();
  }
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define CALL(call, path, action)                        \
  do {                                                  \
    const char *met = below(path) ? fault(call, path) : NULL; \
    if (refused(met)) return -1;                        \
    int result = (action);                              \
    done(met);                                          \
    return result;                                      \
  } while (0)

#define OPEN(path, action)                                    \
  do {                                                        \
    const char *met = below(path) ? fault(OPENAT, path) : NULL; \
    if (refused(met)) return -1;                              \
    int file = (action);                                      \
    opened(file, path);                                       \
    done(met);                                                \
    return file;                                              \
  } while (0)

#define MODE(flags, last)                       \
  mode_t mode = 0;                              \
  if ((flags) & (O_CREAT | O_TMPFILE)) {        \
    va_list more;                               \
    va_start(more, last);                       \
    mode = va_arg(more, mode_t);                \
    va_end(more);                               \
  }

int open(const char *path, int flags, ...) { MODE(flags, flags) OPEN(path, NEXT(open)(path, flags, mode)); }
int open64(const char *path, int flags, ...) { MODE(flags, flags) OPEN(path, NEXT(open64)(path, flags, mode)); }
int openat(int in, const char *path, int flags, ...) { MODE(flags, flags) OPEN(path, NEXT(openat)(in, path, flags, mode)); }
int openat64(int in, const char *path, int flags, ...) { MODE(flags, flags) OPEN(path, NEXT(openat64)(in, path, flags, mode)); }

int close(int file) {
  if (file >= 0 && file < FILES) atomic_store(&paths[file], NULL);
  return NEXT(close)(file);
}

static ssize_t tear(int file, const void *bytes, size_t count, int leave_no_room) {
  ssize_t written = syscall(SYS_write, file, bytes, count / 2);
  if (leave_no_room) atomic_store(&torn, file);
  return written;
}

ssize_t write(int file, const void *bytes, size_t count) {
  char *path = path_of(file);
  int without_room = file;
  if (path && atomic_compare_exchange_strong(&torn, &without_room, -1)) {
    errno = ENOSPC;
    return -1;
  }
  const char *met = path ? fault(WRITE, path) : NULL;
  if (refused(met)) return -1;
  if (met && count > 1 && (!strcmp(met, "SHORT") || !strcmp(met, "TORN"))) return tear(file, bytes, count, !strcmp(met, "TORN"));
  ssize_t result = NEXT(write)(file, bytes, count);
  done(met);
  return result;
}

int fdatasync(int file) { CALL(FDATASYNC, path_of(file), NEXT(fdatasync)(file)); }
int fsync(int file) { CALL(FSYNC, path_of(file), NEXT(fsync)(file)); }
int ftruncate(int file, off_t length) { CALL(FTRUNCATE, path_of(file), NEXT(ftruncate)(file, length)); }
int ftruncate64(int file, off64_t length) { CALL(FTRUNCATE, path_of(file), NEXT(ftruncate64)(file, length)); }
int rename(const char *from, const char *to) { CALL(RENAME, to, NEXT(rename)(from, to)); }
int unlink(const char *path) { CALL(UNLINK, path, NEXT(unlink)(path)); }
int mkdir(const char *path, mode_t mode) { CALL(MKDIR, path, NEXT(mkdir)(path, mode)); }
