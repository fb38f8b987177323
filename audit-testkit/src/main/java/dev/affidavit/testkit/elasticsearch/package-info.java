/** A real Elasticsearch, run for a test: {@link dev.affidavit.testkit.elasticsearch.ElasticsearchServer}. */
@NullMarked
package dev.affidavit.testkit.elasticsearch;

import org.jspecify.annotations.NullMarked;
