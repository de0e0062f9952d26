"""What the peers' scripts have in common: CPU seconds and memory from `begin` to `finish`."""

import json
import resource


def usage():
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime, use.ru_maxrss // 1024


def finish(contender, rows, begin):
    seconds, megabytes = usage()
    print(
        json.dumps(
            {
                "contender": contender,
                "rows": rows,
                "seconds": round(seconds - begin[0], 2),
                "before": begin[1],
                "megabytes": megabytes,
            }
        )
    )
