/* The C library declares pipe2 for _GNU_SOURCE alone, which Swift's module of it does not define. */
extern int pipe2(int ends[2], int flags);
