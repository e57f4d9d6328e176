/* The least that any validator of these files can do: open every YAML file of the folders, in the order of their names,
 * and run libyaml's parser over it. */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

static int by_name(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static char **list(const char *folder, size_t *count) {
    DIR *stream = opendir(folder);
    if (!stream) { perror(folder); exit(1); }
    char **names = NULL;
    size_t capacity = 0;
    for (struct dirent *entry; (entry = readdir(stream));) {
        size_t length = strlen(entry->d_name);
        if (length < 6 || strcmp(entry->d_name + length - 5, ".yaml") != 0) continue;
        if (*count == capacity) names = realloc(names, (capacity = capacity ? 2 * capacity : 64) * sizeof *names);
        names[(*count)++] = strdup(entry->d_name);
    }
    closedir(stream);
    if (*count) qsort(names, *count, sizeof *names, by_name);
    return names;
}

static long parse(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) { perror(path); exit(1); }
    yaml_parser_t parser;
    yaml_event_t event;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_file(&parser, file);
    long events = 0;
    for (int is_done = 0; !is_done; events++) {
        if (!yaml_parser_parse(&parser, &event)) { fprintf(stderr, "%s: not YAML\n", path); exit(1); }
        is_done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    fclose(file);
    return events;
}

int main(int count, char **folders) {
    long files = 0, events = 0;
    for (int index = 1; index < count; index++) {
        size_t found = 0;
        char **names = list(folders[index], &found);
        for (size_t position = 0; position < found; position++) {
            char path[4096];
            snprintf(path, sizeof path, "%s/%s", folders[index], names[position]);
            events += parse(path);
        }
        files += found;
    }
    printf("%ld files, %ld events\n", files, events);
}
