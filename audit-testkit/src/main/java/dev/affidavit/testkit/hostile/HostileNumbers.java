package dev.affidavit.testkit.hostile;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Numbers and moments at the edges of what readers hold. */
final class HostileNumbers {
    private static final long EXACT = 1L << 53;
    private static final BigInteger MILLION_DIGITS = BigInteger.TEN.pow(1_000_000);
    private static final String TOO_MANY_BITS = "[cut, a number of 3321929 bits]";

    private HostileNumbers() {}

    static List<HostileValue> all() {
        return Stream.of(ordinary(), endless()).flatMap(List::stream).toList();
    }

    /** Those whose text is made quickly. */
    static List<HostileValue> ordinary() {
        return Stream.of(exact(), inexact(), moments()).flatMap(List::stream).toList();
    }

    private static List<HostileValue> exact() {
        return Stream.of(
                        0,
                        -1,
                        -0.0,
                        0.1,
                        0.1f,
                        1.0e10f,
                        EXACT,
                        -EXACT,
                        (byte) -128,
                        Double.MAX_VALUE,
                        Double.MIN_VALUE,
                        Float.MIN_VALUE,
                        new BigDecimal("12345678901.2345"),
                        new BigDecimal("1E+300"),
                        new BigDecimal("0E-10"),
                        BigInteger.valueOf(EXACT))
                .map(HostileValue::number)
                .toList();
    }

    private static List<HostileValue> inexact() {
        return Stream.of(
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Float.NEGATIVE_INFINITY,
                        Double.valueOf("1e400"),
                        new BigDecimal("1e400"),
                        EXACT + 1,
                        Long.MIN_VALUE,
                        Long.MAX_VALUE,
                        BigInteger.TWO.pow(63),
                        BigInteger.TEN.pow(9000),
                        new BigDecimal("0.1234567890123456"),
                        new BigDecimal("1E-2147483647"),
                        new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE),
                        new AtomicLong(7))
                .map(number -> HostileValue.text(number.getClass().getName(), number))
                .toList();
    }

    static List<HostileValue> endless() {
        return List.of(
                HostileValue.of("a million digits", MILLION_DIGITS, Said.text(TOO_MANY_BITS)),
                HostileValue.of(
                        "a million digits, some behind the point",
                        new BigDecimal(MILLION_DIGITS, 5),
                        Said.text(TOO_MANY_BITS)),
                HostileValue.unreadable(
                        "a number of the application's own",
                        new Number() {
                            private static final long serialVersionUID = 1L;

                            @Override
                            public int intValue() {
                                return 0;
                            }

                            @Override
                            public long longValue() {
                                return 0;
                            }

                            @Override
                            public float floatValue() {
                                return 0;
                            }

                            @Override
                            public double doubleValue() {
                                return 0;
                            }

                            @Override
                            public String toString() {
                                throw new ArithmeticException();
                            }
                        },
                        ArithmeticException.class));
    }

    private static List<HostileValue> moments() {
        return List.of(
                HostileValue.text("the last moment", Instant.MAX),
                HostileValue.text("the first moment", Instant.MIN),
                HostileValue.text("the year 10000", LocalDate.of(10_000, 1, 1)),
                HostileValue.text("a year before Christ", LocalDate.of(-1, 1, 1)));
    }
}
